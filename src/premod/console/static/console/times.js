// @ts-check

/** @param {number} value */
function twoDigits(value) {
  return String(value).padStart(2, "0");
}

/** Show moments on the moderator's own clock; the server writes them in UTC. */
export function showLocalTimes() {
  for (const time of document.querySelectorAll("time")) {
    const moment = new Date(time.dateTime);
    const day = [moment.getFullYear(), twoDigits(moment.getMonth() + 1), twoDigits(moment.getDate())].join("-");
    time.title = time.textContent;
    time.textContent = `${day} ${twoDigits(moment.getHours())}:${twoDigits(moment.getMinutes())}`;
  }
}

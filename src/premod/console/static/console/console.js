// @ts-check
// What scripts add to the moderators' pages. Every page works without them.

import { announceMessages } from "./messages.js";
import { guardForms } from "./deciding.js";
import { useShortcuts } from "./shortcuts.js";
import { showLocalTimes } from "./times.js";

announceMessages();
guardForms();
useShortcuts();
showLocalTimes();

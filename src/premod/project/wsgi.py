"""What the server runs: Django, with threads answered from memory in front of it."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "premod.project.settings")
_django = get_wsgi_application()

from premod.project.parent import end_with_supervisor  # noqa: E402 - Django is set up before anything of ours is loaded.
from premod.project.threads import ThreadCache  # noqa: E402

end_with_supervisor()
application = ThreadCache(_django)

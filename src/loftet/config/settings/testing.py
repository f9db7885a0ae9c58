"""For tests: everything in memory, a fast password hasher, work done at once, a temporary home."""

import os
import tempfile
from pathlib import Path

# A home of its own, so that a test never reads or writes the data of a real installation.
os.environ["LOFTET_HOME"] = os.environ.get("LOFTET_TEST_HOME") or tempfile.mkdtemp(prefix="loftet-test-")
os.environ.pop("LOFTET_KEYS", None)
os.environ["LOFTET_DATABASE_URL"] = os.environ.get("LOFTET_TEST_DATABASE_URL", "sqlite://:memory:")
os.environ.setdefault("LOFTET_HOSTS", "testserver,127.0.0.1,localhost")

from loftet.config.settings.base import *  # noqa: F403

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
LOFTET_HOME = Path(os.environ["LOFTET_HOME"])
STATIC_ROOT = LOFTET_HOME / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

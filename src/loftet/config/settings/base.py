"""Settings that hold everywhere. What differs between installations comes from the environment."""

from __future__ import annotations

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from loftet.config import keys

PACKAGE = Path(__file__).resolve().parents[2]

# --- What the operator decides -------------------------------------------------------------------------------------
LOFTET_HOME = Path(os.environ.get("LOFTET_HOME", "var")).resolve()
LOFTET_DATABASE_URL = os.environ.get("LOFTET_DATABASE_URL", f"sqlite:///{LOFTET_HOME / 'loftet.sqlite3'}")
# On PostgreSQL the tables belong to an owner; the web runs as a role that may not rewrite what was signed.
LOFTET_RUNTIME_ROLE = os.environ.get("LOFTET_RUNTIME_ROLE", "")
LOFTET_BASE_URL = os.environ.get("LOFTET_BASE_URL", "http://127.0.0.1:8000")
# The name that the register's checkpoints carry. It must never change for one register.
LOFTET_LOG_ORIGIN = os.environ.get("LOFTET_LOG_ORIGIN", "loftet.local/loftesboken")
# A demo says on every page that it is one.
LOFTET_DEMO = os.environ.get("LOFTET_DEMO", "") == "1"
# Where things go that are to be registered by an authority whose registrar takes no mail; empty: nowhere.
LOFTET_DIARY_FOLDER = os.environ.get("LOFTET_DIARY_FOLDER", "")
LOFTET_KEYS = Path(os.environ.get("LOFTET_KEYS", LOFTET_HOME / "keys"))

SECRET_KEY = keys.read_or_create_secret(LOFTET_KEYS / "secret.key")
ALLOWED_HOSTS = [h for h in os.environ.get("LOFTET_HOSTS", "127.0.0.1,localhost").split(",") if h]

# --- Database ------------------------------------------------------------------------------------------------------
DATABASES = {"default": dj_database_url.parse(LOFTET_DATABASE_URL, conn_max_age=60)}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = None
    DATABASES["default"]["OPTIONS"] = {
        # A transaction that reads first and writes later would otherwise fail at once under another writer.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        # FULL: a signature or a vote that was acknowledged survives power loss. recursive_triggers: REPLACE must not
        # slip past the triggers that refuse deletion. secure_delete: what is weeded or withheld is written over.
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA recursive_triggers=ON;"
            "PRAGMA secure_delete=ON; "
            "PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
        ),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- Applications: one a step, then the faces ----------------------------------------------------------------------
# The folders are the list; their order on the staircase is a matter for pyproject.toml and its guards.
STEPS = sorted(folder.name for folder in (PACKAGE / "domain").iterdir() if (folder / "__init__.py").exists())
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_tasks",
    "django_tasks_db",
    *[f"loftet.domain.{step}" for step in STEPS],
    "loftet.faces.shared",
    "loftet.faces.public",
    "loftet.faces.workspace",
    "loftet.faces.opendata",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Tokens in forms are masked anew in every answer, so that compressed lengths tell nothing about them.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "loftet.faces.shared.middleware.SameOriginMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "loftet.faces.shared.middleware.DeclaredAccessMiddleware",
]
ROOT_URLCONF = "loftet.config.urls"
WSGI_APPLICATION = "loftet.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "loftet.faces.shared.context.installation",
            ],
            "builtins": [
                "django.templatetags.static",
                "loftet.faces.shared.templatetags.components",
                "loftet.faces.shared.templatetags.words",
            ],
        },
    }
]

# --- Language and time ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = ["loftet.config.formats"]

# --- Staff sign-in. Residents have no accounts ---------------------------------------------------------------------
AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "loftet.faces.workspace.account.StaffAccountAdapter"
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
# An address without an account gets no letter either: nobody can make us write to strangers.
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
# A second step at sign-in: a code from an app, a security key, or one of ten codes on paper for the day both are gone.
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_ADAPTER = "loftet.faces.workspace.account.StaffSecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "loftet.faces.workspace.account_forms.SecondStepForm",
    "reauthenticate": "loftet.faces.workspace.account_forms.SecondStepAgainForm",
    "activate_totp": "loftet.faces.workspace.account_forms.FirstCodeForm",
    "add_webauthn": "loftet.faces.workspace.account_forms.AddKeyForm",
}
MFA_TOTP_ISSUER = "Löftet"
MFA_TOTP_TOLERANCE = 1
MFA_RECOVERY_CODES_SHOW_ONCE = True
# Accounts are made by an administrator or by invitation to an address, so the address needs no proof of its own.
MFA_ALLOW_UNVERIFIED_EMAIL = True
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace:home"
ACCOUNT_LOGOUT_REDIRECT_URL = "public:start"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "loftet_personal"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "loftet.faces.shared.errors.csrf_failure"

# --- What processes remember together: how often someone has tried to sign in, and which codes are used ------------
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": LOFTET_HOME / "cache",
        "OPTIONS": {"MAX_ENTRIES": 10_000},
    }
}

# --- Background work -----------------------------------------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# --- Static files --------------------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = LOFTET_HOME / "static"
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": LOFTET_HOME / "files"},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- Security ------------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# --- Mail and log --------------------------------------------------------------------------------------------------
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
DEFAULT_FROM_EMAIL = os.environ.get("LOFTET_MAIL_FROM", "loftet@localhost")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}

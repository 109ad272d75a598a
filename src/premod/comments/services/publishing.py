"""What a publisher sets up: sites, guidelines and articles."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from premod.comments.errors import ServiceError
from premod.comments.models import Article, GuidelinesVersion, Site
from premod.defaults import DEFAULT_GUIDELINES_SOURCE
from premod.domain.guidelines import Guidelines, parse_guidelines

_ORIGIN = re.compile(r"https?://(\*\.)?[a-z0-9.-]+(:(\d{1,5}|\*))?")


@transaction.atomic
def create_site(slug: str, name: str, *, languages: Sequence[str] = ("en",), origins: Sequence[str] = ()) -> Site:
    """Add a publication, with the default guidelines as its version 1.

    Raise ServiceError when an origin is not ``scheme://host[:port]``, or the slug is taken.
    """
    _check_origins(origins)
    if Site.objects.filter(slug=slug).exists():
        raise ServiceError("site_exists", f"There is already a site {slug!r}.", field="slug")
    site = Site.objects.create(slug=slug, name=name, languages=list(languages), origins=list(origins))
    publish_guidelines(site, DEFAULT_GUIDELINES_SOURCE)
    return site


def update_site(site: Site, **changes: object) -> Site:
    """Change what a publisher decides about a site: origins, languages, limits, whether an e-mail address is required.

    Raise ServiceError naming the field that holds what it cannot.
    """
    for name, value in changes.items():
        setattr(site, name, value)
    _check_origins(site.origins)
    try:
        site.full_clean(exclude={"revision", "ledger_length"}, validate_unique=False)
    except ValidationError as error:
        field, messages = next(iter(error.message_dict.items()))
        raise ServiceError("bad_site", f"{field}: {messages[0]}", field=field) from error
    # The revision tells kept pages that what they show or who may frame them has changed.
    Site.objects.filter(pk=site.pk).update(revision=F("revision") + 1, **changes)
    site.refresh_from_db()
    return site


@transaction.atomic
def publish_guidelines(site: Site, source: str) -> GuidelinesVersion:
    """Publish a guidelines file as the site's next version. Raise GuidelinesError when the file breaks its format."""
    # Raising the revision takes a lock on the site's row, so that two versions at once get two numbers.
    Site.objects.filter(pk=site.pk).update(revision=F("revision") + 1)
    last = GuidelinesVersion.objects.filter(site=site).order_by("-number").first()
    number = last.number + 1 if last else 1
    digest = parse_guidelines(source, number=number).digest
    return GuidelinesVersion.objects.create(
        site=site, number=number, source=source, digest=digest, published_at=timezone.now()
    )


def save_article(
    site: Site, slug: str, title: str, *, summary: str = "", body: str = "", url: str = "", language: str = "en"
) -> Article:
    """Add an article, or bring what is known of it up to date."""
    known = {"title": title, "summary": summary, "body": body, "url": url, "language": language}
    if Article.objects.filter(slug=slug).exclude(site=site).exists():
        raise ServiceError("article_exists", f"Another site has an article {slug!r}.", field="slug")
    article, created = Article.objects.get_or_create(slug=slug, defaults={"site": site, **known})
    if not created:
        Article.objects.filter(pk=article.pk).update(revision=F("revision") + 1, **known)
        article.refresh_from_db()
    return article


def _check_origins(origins: Sequence[str]) -> None:
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ServiceError("bad_origin", f"{origin!r} must look like https://www.example.org", field="origins")


def close_article(slug: str) -> bool:
    """Take no more comments on an article; what stands there stays. Return whether there is such an article."""
    return bool(Article.objects.filter(slug=slug).update(is_open=False))


def guidelines_in_force(site_id: int) -> tuple[GuidelinesVersion, Guidelines]:
    """Return the site's newest guidelines, as a row and as read; a version never changes, so what was read is kept."""
    version = GuidelinesVersion.objects.filter(site=site_id).order_by("-number").defer("source").first()
    if version is None:
        raise ServiceError("no_guidelines", "The site has no published guidelines.", field="site")
    return version, read_guidelines(version.pk)


@lru_cache(maxsize=64)
def read_guidelines(version_id: int) -> Guidelines:
    version = GuidelinesVersion.objects.get(pk=version_id)
    return parse_guidelines(version.source, number=version.number)

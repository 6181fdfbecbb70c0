from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils.translation import gettext as _

from zaiti import places
from zaiti.accounts.models import Authority
from zaiti.programmes.bureaus import bureaus_of
from zaiti.programmes.packs import check_pack, load_pack


class Command(BaseCommand):
    help = "Make the city's and the districts' bureaus that a policy pack names, where they are missing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("pack", type=Path, metavar="FILE", help="a policy pack")

    def handle(self, *args: Any, pack: Path, **options: Any) -> None:
        pack = places.pack(pack)
        if not pack.is_file():
            raise CommandError(_("There is no file %(file)s.") % {"file": pack})
        if errors := check_pack(pack):
            raise CommandError("\n".join(f"{e.file}:{e.line}: {e.field}: {e.message}" for e in errors))
        before = Authority.objects.count()
        with transaction.atomic():
            city, districts = bureaus_of(load_pack(pack))
        made = Authority.objects.count() - before
        self.stdout.write(
            _("%(city)s and %(districts)s districts: %(made)s bureaus made.")
            % {"city": city, "districts": len(districts), "made": made}
        )

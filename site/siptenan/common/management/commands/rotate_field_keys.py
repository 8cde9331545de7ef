from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from siptenan.common.key_rotation import holders


class Command(BaseCommand):
    """Encrypts every stored value anew with the newest key of SIPTENAN_FIELD_KEYS (docs/operations.md)."""

    help = "Encrypt everything anew with the newest key of SIPTENAN_FIELD_KEYS. Prints counts, never a value."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="change nothing; end with 1 when there is anything to do or unreadable"
        )

    def handle(self, *args, **options) -> None:
        old = unreadable = 0
        for holder in holders():
            tally = holder.rotate(write=not options["check"])
            what = "old" if options["check"] else "renewed"
            self.stdout.write(
                f"{holder.label}: {tally.current} current, {tally.old} {what}, {tally.unreadable} unreadable"
            )
            old, unreadable = old + tally.old, unreadable + tally.unreadable
        if unreadable:
            raise CommandError(
                f"{unreadable} values cannot be decrypted. Put the key that is missing back at the end of "
                "SIPTENAN_FIELD_KEYS and run this again; what was renewed stays renewed."
            )
        if options["check"] and old:
            raise CommandError(f"{old} values are encrypted with an older key.")
        self.stdout.write("Every value is encrypted with the newest key; the others may go.")

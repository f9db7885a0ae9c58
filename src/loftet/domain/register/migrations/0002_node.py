"""Store the full subtrees, and compute those of the entries that are there already."""

from django.db import migrations, models

from loftet.ledger import merkle


def store_nodes(apps, schema_editor):
    """Grow the tree anew from the entries, and keep each full subtree."""
    entry, node = apps.get_model("register", "Entry"), apps.get_model("register", "Node")
    using = schema_editor.connection.alias
    known: dict[tuple[int, int], bytes] = {}
    leaves = entry.objects.using(using).order_by("number").values_list("number", "leaf_hash")
    for number, leaf in leaves.iterator():
        known[0, number] = bytes.fromhex(leaf)
        for level, position in merkle.completed_by(number):
            halves = known.pop((level - 1, 2 * position)), known.pop((level - 1, 2 * position + 1))
            known[level, position] = merkle.node_hash(*halves)
            node.objects.using(using).create(level=level, position=position, hash=known[level, position].hex())


class Migration(migrations.Migration):
    dependencies = [("register", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="Node",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "level",
                    models.PositiveSmallIntegerField(
                        help_text="Noden står för 2 upphöjt till nivån införingar.", verbose_name="nivå"
                    ),
                ),
                (
                    "position",
                    models.PositiveBigIntegerField(
                        help_text="Vilken i ordningen på sin nivå, från 0.", verbose_name="plats"
                    ),
                ),
                ("hash", models.CharField(max_length=64, verbose_name="hash")),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("level", "position"), name="one_node_per_place")],
                "verbose_name": "nod",
                "verbose_name_plural": "noder",
                "ordering": ["level", "position"],
            },
        ),
        migrations.RunPython(store_nodes, migrations.RunPython.noop),
    ]

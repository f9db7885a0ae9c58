"""Boards as authorities of their own, parties from a day to a day, and two more roles."""

import django.db.models.deletion
from django.db import migrations, models


def from_the_beginning(apps, _schema_editor):
    """Whoever was a party before parties had days has been one since the partnership began."""
    for row in apps.get_model('parties', 'PartnershipMember').objects.select_related('partnership'):
        row.starts = row.partnership.starts
        row.save(update_fields=['starts'])


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0001_initial'),
    ]

    operations = [
        migrations.RemoveConstraint(model_name='organisation', name='a_municipal_organisation_names_its_municipality'),
        migrations.AddField(
            model_name='organisation',
            name='part_of',
            field=models.ForeignKey(blank=True, help_text='Kommunen som nämnden hör till. Nämnden är en egen myndighet.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='boards', to='parties.organisation', verbose_name='nämnd i'),
        ),
        migrations.AlterField(
            model_name='organisation',
            name='kind',
            field=models.CharField(choices=[('municipality', 'kommun'), ('board', 'nämnd'), ('police', 'polis'), ('other', 'annan löftesgivare')], max_length=20, verbose_name='slag'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind__in', ['municipality', 'board']), _negated=True), ('municipality__isnull', False), _connector='OR'), name='a_municipal_organisation_names_its_municipality'),
        ),
        migrations.AddConstraint(
            model_name='organisation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'board'), ('part_of__isnull', False)), models.Q(models.Q(('kind', 'board'), _negated=True), ('part_of__isnull', True)), _connector='OR'), name='a_board_and_nothing_else_is_part_of_a_municipality'),
        ),
        migrations.AlterField(
            model_name='membership',
            name='role',
            field=models.CharField(choices=[('municipal_coordinator', 'kommunens samordnare'), ('police_coordinator', 'polisens samordnare'), ('signatory', 'undertecknare'), ('moderator', 'granskare'), ('contributor', 'medarbetare'), ('reader', 'läsare'), ('independent_reviewer', 'oberoende bedömare'), ('administrator', 'administratör')], max_length=40, verbose_name='roll'),
        ),
        migrations.RemoveConstraint(model_name='partnershipmember', name='an_organisation_once_in_a_partnership'),
        migrations.AddField(
            model_name='partnershipmember',
            name='starts',
            field=models.DateField(null=True, verbose_name='från och med'),
        ),
        migrations.AddField(
            model_name='partnershipmember',
            name='ends',
            field=models.DateField(blank=True, null=True, verbose_name='till och med'),
        ),
        migrations.RunPython(from_the_beginning, migrations.RunPython.noop, elidable=True),
        migrations.AlterField(
            model_name='partnershipmember',
            name='starts',
            field=models.DateField(verbose_name='från och med'),
        ),
        migrations.AddConstraint(
            model_name='partnershipmember',
            constraint=models.UniqueConstraint(fields=('partnership', 'organisation', 'starts'), name='an_organisation_joins_once_on_a_day'),
        ),
        migrations.AddConstraint(
            model_name='partnershipmember',
            constraint=models.CheckConstraint(condition=models.Q(('ends__isnull', True), ('ends__gte', models.F('starts')), _connector='OR'), name='a_party_leaves_after_it_joins'),
        ),
    ]

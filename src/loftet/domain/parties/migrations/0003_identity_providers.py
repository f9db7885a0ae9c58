"""Organisations' own sign-ins, and whom they know by what name."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import loftet.domain.base.ids


class Migration(migrations.Migration):

    dependencies = [
        ('parties', '0002_from_to'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='IdentityProvider',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', loftet.domain.base.ids.PublicIdField(default=loftet.domain.base.ids.new_id, editable=False, max_length=12, unique=True)),
                ('issuer', models.URLField(max_length=300, verbose_name='utfärdare')),
                ('client_id', models.CharField(max_length=200, verbose_name='klient')),
                ('accepted_levels', models.JSONField(blank=True, default=list, verbose_name='tillitsnivåer som räcker för att skriva under')),
                ('added_at', models.DateTimeField(verbose_name='tillagd')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='avslutad')),
                ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identity_providers', to='parties.organisation', verbose_name='organisation')),
            ],
            options={
                'verbose_name': 'organisationens inloggning',
                'verbose_name_plural': 'organisationernas inloggningar',
                'ordering': ['organisation__name', 'pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at__isnull', True)), fields=('organisation', 'issuer'), name='an_organisation_has_an_issuer_once')],
            },
        ),
        migrations.CreateModel(
            name='Identity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=255, verbose_name='namn hos organisationen')),
                ('tied_at', models.DateTimeField(verbose_name='kopplad')),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to=settings.AUTH_USER_MODEL)),
                ('provider', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='identities', to='parties.identityprovider')),
            ],
            options={
                'verbose_name': 'kopplad inloggning',
                'verbose_name_plural': 'kopplade inloggningar',
                'constraints': [models.UniqueConstraint(fields=('provider', 'subject'), name='a_subject_is_one_person'), models.UniqueConstraint(fields=('provider', 'person'), name='a_person_is_one_subject')],
            },
        ),
    ]

"""Witnesses, and what they have signed."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('register', '0002_node'),
    ]

    operations = [
        migrations.CreateModel(
            name='Witness',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=200, verbose_name='namn')),
                ('key', models.CharField(max_length=300, unique=True, verbose_name='öppen nyckel')),
                ('added_at', models.DateTimeField(verbose_name='tillagd')),
                ('ended_at', models.DateTimeField(blank=True, null=True, verbose_name='avslutad')),
            ],
            options={
                'verbose_name': 'vittne',
                'verbose_name_plural': 'vittnen',
                'ordering': ['name', 'pk'],
            },
        ),
        migrations.CreateModel(
            name='Cosignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.TextField(help_text='C2SP tlog-cosignature, med radbrytning.', verbose_name='rad')),
                ('signed_at', models.DateTimeField(verbose_name='undertecknad')),
                ('checkpoint', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='register.checkpoint')),
                ('witness', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cosignatures', to='register.witness')),
            ],
            options={
                'verbose_name': 'vittnes underskrift',
                'verbose_name_plural': 'vittnens underskrifter',
                'ordering': ['checkpoint', 'witness'],
                'constraints': [models.UniqueConstraint(fields=('checkpoint', 'witness'), name='a_witness_signs_once')],
            },
        ),
    ]

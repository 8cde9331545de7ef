import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('gallery', '0004_verification'),
    ]

    operations = [
        migrations.CreateModel(
            name='TotalsSnapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('as_of', models.DateField(unique=True, verbose_name='keadaan per')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dibuat')),
                ('groups', models.JSONField()),
                ('counted', models.JSONField(default=dict)),
            ],
            options={
                'ordering': ['-as_of'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='QuarterlyReport',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField(verbose_name='tahun')),
                ('quarter', models.PositiveSmallIntegerField(verbose_name='triwulan')),
                ('data', models.JSONField(default=dict, verbose_name='angka')),
                ('made_at', models.DateTimeField(default=django.utils.timezone.now, verbose_name='dicatat')),
                ('record', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='quarters', to='gallery.businessrecord')),
            ],
            options={
                'verbose_name': 'laporan triwulan',
                'verbose_name_plural': 'laporan triwulan',
                'ordering': ['year', 'quarter', 'record'],
                'default_permissions': (),
                'indexes': [models.Index(fields=['year', 'quarter'], name='quarterly_report_period')],
                'constraints': [models.UniqueConstraint(fields=('record', 'year', 'quarter'), name='quarterly_report_once'), models.CheckConstraint(condition=models.Q(('quarter__range', (1, 4))), name='quarterly_report_quarter')],
            },
        ),
    ]

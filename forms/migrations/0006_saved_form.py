

import django.db.models.deletion
import siptenan.common.encryption
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('forms', '0005_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='SavedForm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code_digest', models.CharField(max_length=64, unique=True)),
                ('token_digest', models.CharField(db_index=True, help_text='kunci formulir yang memegang berkasnya', max_length=64)),
                ('answers', siptenan.common.encryption.EncryptedTextField(help_text='JSON: nama isian, nilai-nilainya')),
                ('step', models.CharField(blank=True, help_text='kunci bagian tempat pengisi berada', max_length=64)),
                ('begun_at', models.DateTimeField(help_text='formulir pertama kali dibuka')),
                ('created_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField(db_index=True)),
                ('page', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='forms.formpage')),
            ],
            options={
                'verbose_name': 'isian tersimpan',
                'verbose_name_plural': 'isian tersimpan',
                'default_permissions': (),
            },
        ),
    ]

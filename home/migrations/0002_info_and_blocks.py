"""Info pages; the front page and the plain pages are built of blocks from now on.

What stands on those pages moves into blocks, in their revisions too, since the editor opens the last revision.
"""

import json
import uuid

import django.db.models.deletion
import django.utils.timezone
import modelcluster.contrib.taggit
import modelcluster.fields
import wagtail.fields
from django.conf import settings
from django.db import migrations, models


def block(kind, value):
    return {'type': kind, 'value': value, 'id': str(uuid.uuid4())}


def home_blocks(title, text):
    return [
        block('hero', {'title': title, 'text': text, 'button': 'Mulai konsultasi'}),
        block('services', {'heading': 'Layanan KALINDRI'}),
        block('newest', {'heading': 'Info terbaru', 'kind': 'info'}),
        block('figures', {'heading': 'Layanan dalam angka'}),
        block('address', {'heading': 'Alamat kantor'}),
    ]


def hero_of(blocks):
    return next((found['value'] for found in blocks if found['type'] == 'hero'), {'title': '', 'text': ''})


def text_of(blocks):
    return ''.join(found['value'] for found in blocks if found['type'] == 'paragraph')


def revisions(apps, page):
    """The page's revisions, as (revision, content)."""
    Revision = apps.get_model('wagtailcore', 'Revision')
    for revision in Revision.objects.filter(object_id=str(page.pk), content_type__model=page._meta.model_name):
        yield revision, revision.content


def raw(stream):
    return [{'type': child['type'], 'value': child['value']} for child in stream.raw_data]


def to_blocks(apps, schema_editor):
    for page in apps.get_model('home', 'HomePage').objects.all():
        page.body = json.dumps(home_blocks(page.hero_title, page.hero_text))
        page.save()
        for revision, content in revisions(apps, page):
            title, text = content.pop('hero_title', ''), content.pop('hero_text', '')
            content['body'] = json.dumps(home_blocks(title, text))
            revision.save()
    for page in apps.get_model('home', 'StandardPage').objects.all():
        page.body = json.dumps([block('paragraph', page.old_body)])
        page.save()
        for revision, content in revisions(apps, page):
            content['body'] = json.dumps([block('paragraph', content.get('body', ''))])
            revision.save()


def to_fields(apps, schema_editor):
    for page in apps.get_model('home', 'HomePage').objects.all():
        hero = hero_of(raw(page.body))
        page.hero_title, page.hero_text = hero['title'], hero['text']
        page.save()
        for revision, content in revisions(apps, page):
            hero = hero_of(json.loads(content.pop('body', '[]')))
            content['hero_title'], content['hero_text'] = hero['title'], hero['text']
            revision.save()
    for page in apps.get_model('home', 'StandardPage').objects.all():
        page.old_body = text_of(raw(page.body))
        page.save()
        for revision, content in revisions(apps, page):
            content['body'] = text_of(json.loads(content.get('body', '[]')))
            revision.save()


class Migration(migrations.Migration):

    dependencies = [
        ('common', '0003_throttle_unlogged'),
        ('home', '0001_initial'),
        ('wagtailcore', '0098_apitoken'),
    ]

    operations = [
        migrations.CreateModel(
            name='InfoPage',
            fields=[
                ('page_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to=settings.WAGTAIL_PAGE_MODEL)),
                ('kind', models.CharField(choices=[('berita', 'Berita'), ('panduan', 'Panduan'), ('pengumuman', 'Pengumuman'), ('agenda', 'Agenda'), ('tanya-jawab', 'Tanya jawab'), ('unduhan', 'Unduhan')], default='berita', max_length=20, verbose_name='jenis')),
                ('date', models.DateField(default=django.utils.timezone.localdate, verbose_name='tanggal')),
                ('summary', models.CharField(help_text='Satu atau dua kalimat; tampil di daftar dan saat tautan dibagikan.', max_length=200, verbose_name='ringkasan')),
                ('image_alt', models.CharField(blank=True, help_text='Kosong: gambar hanya hiasan.', max_length=200, verbose_name='teks pengganti gambar')),
                ('body', wagtail.fields.StreamField([('paragraph', 0), ('steps', 6), ('callout', 10), ('faq', 15), ('table', 19), ('files', 24), ('figure', 28), ('pictures', 32), ('feature', 40), ('cards', 44), ('quote', 47), ('statistics', 53), ('video', 58)], block_lookup={0: ('siptenan.common.blocks.ParagraphBlock', (), {}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'judul bagian', 'max_length': 100, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'langkah', 'max_length': 100}), 3: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'penjelasan', 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('title', 2), ('text', 3)]], {'label': 'langkah'}), 5: ('wagtail.blocks.ListBlock', (4,), {'label': 'langkah', 'min_num': 2}), 6: ('wagtail.blocks.StructBlock', [[('heading', 1), ('steps', 5)]], {}), 7: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'Info'), ('ok', 'Baik'), ('warn', 'Perhatian')], 'label': 'jenis'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'judul', 'max_length': 100}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'isi'}), 10: ('wagtail.blocks.StructBlock', [[('level', 7), ('title', 8), ('text', 9)]], {}), 11: ('wagtail.blocks.CharBlock', (), {'label': 'pertanyaan', 'max_length': 200}), 12: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'jawaban'}), 13: ('wagtail.blocks.StructBlock', [[('question', 11), ('answer', 12)]], {'label': 'tanya jawab'}), 14: ('wagtail.blocks.ListBlock', (13,), {'label': 'tanya jawab', 'min_num': 1}), 15: ('wagtail.blocks.StructBlock', [[('heading', 1), ('questions', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'judul tabel', 'max_length': 150}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'Teks', 'required': False}), 18: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 17)]], {'label': 'isi tabel', 'required': True}), 19: ('wagtail.blocks.StructBlock', [[('caption', 16), ('table', 18)]], {}), 20: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'dokumen'}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'nama yang ditampilkan', 'max_length': 150, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('document', 20), ('title', 21)]], {'label': 'berkas'}), 23: ('wagtail.blocks.ListBlock', (22,), {'label': 'berkas', 'min_num': 1}), 24: ('wagtail.blocks.StructBlock', [[('heading', 1), ('files', 23)]], {}), 25: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar'}), 26: ('wagtail.blocks.CharBlock', (), {'help_text': 'Apa yang terlihat, untuk yang tidak dapat melihatnya. Kosong: gambar hanya hiasan.', 'label': 'teks pengganti', 'max_length': 200, 'required': False}), 27: ('wagtail.blocks.CharBlock', (), {'label': 'keterangan di bawah gambar', 'max_length': 200, 'required': False}), 28: ('wagtail.blocks.StructBlock', [[('image', 25), ('alt', 26), ('caption', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Apa yang terlihat pada gambar.', 'label': 'teks pengganti', 'max_length': 200}), 30: ('wagtail.blocks.StructBlock', [[('image', 25), ('alt', 29)]], {'label': 'gambar'}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'gambar', 'max_num': 12, 'min_num': 2}), 32: ('wagtail.blocks.StructBlock', [[('heading', 1), ('pictures', 31)]], {}), 33: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'teks'}), 34: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar', 'required': False}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'teks pengganti gambar', 'max_length': 200, 'required': False}), 36: ('wagtail.blocks.PageChooserBlock', (), {'label': 'halaman', 'required': False}), 37: ('wagtail.blocks.URLBlock', (), {'label': 'atau alamat di luar', 'required': False}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'tulisan tautan', 'max_length': 80, 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('page', 36), ('url', 37), ('text', 38)]], {'label': 'tautan'}), 40: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 33), ('image', 34), ('alt', 35), ('link', 39)]], {}), 41: ('wagtail.blocks.TextBlock', (), {'label': 'teks', 'max_length': 200, 'required': False}), 42: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 41), ('link', 39)]], {'label': 'kartu'}), 43: ('wagtail.blocks.ListBlock', (42,), {'label': 'kartu', 'max_num': 12, 'min_num': 1}), 44: ('wagtail.blocks.StructBlock', [[('heading', 1), ('cards', 43)]], {}), 45: ('wagtail.blocks.TextBlock', (), {'label': 'kutipan', 'max_length': 400}), 46: ('wagtail.blocks.CharBlock', (), {'label': 'siapa', 'max_length': 120}), 47: ('wagtail.blocks.StructBlock', [[('text', 45), ('who', 46)]], {}), 48: ('wagtail.blocks.CharBlock', (), {'label': 'angka', 'max_length': 20}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'apa artinya', 'max_length': 100}), 50: ('wagtail.blocks.StructBlock', [[('number', 48), ('label', 49)]], {'label': 'angka'}), 51: ('wagtail.blocks.ListBlock', (50,), {'label': 'angka', 'max_num': 6, 'min_num': 1}), 52: ('wagtail.blocks.CharBlock', (), {'label': 'sumber', 'max_length': 200}), 53: ('wagtail.blocks.StructBlock', [[('heading', 1), ('numbers', 51), ('source', 52)]], {}), 54: ('wagtail.blocks.CharBlock', (), {'label': 'judul video', 'max_length': 150}), 55: ('wagtail.blocks.URLBlock', (), {'help_text': 'Alamat di YouTube, Instagram, atau TikTok.', 'label': 'alamat video'}), 56: ('wagtail.blocks.IntegerBlock', (), {'label': 'lama (menit)', 'max_value': 600, 'min_value': 1, 'required': False}), 57: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar sampul', 'required': False}), 58: ('wagtail.blocks.StructBlock', [[('title', 54), ('url', 55), ('minutes', 56), ('image', 57)]], {})}, verbose_name='isi')),
                ('valid_until', models.DateField(blank=True, help_text='Untuk pengumuman. Sesudah itu ditandai sudah lewat.', null=True, verbose_name='berlaku sampai')),
                ('source', models.CharField(blank=True, help_text='Dari mana isinya, misalnya peraturan.', max_length=255, verbose_name='sumber')),
                ('checked_on', models.DateField(blank=True, help_text='Kapan sumbernya terakhir dibaca.', null=True, verbose_name='diperiksa pada')),
                ('image', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='common.siteimage', verbose_name='gambar')),
            ],
            options={
                'verbose_name': 'info',
                'verbose_name_plural': 'info',
            },
            bases=('wagtailcore.page',),
        ),
        migrations.CreateModel(
            name='InfoCategory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60, unique=True, verbose_name='nama')),
                ('slug', models.SlugField(max_length=60, unique=True, verbose_name='kode di alamat')),
            ],
            options={
                'verbose_name': 'kategori info',
                'verbose_name_plural': 'kategori info',
                'ordering': ['name'],
            },
        ),
        migrations.CreateModel(
            name='InfoTag',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=100, unique=True, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, max_length=100, unique=True, verbose_name='slug')),
            ],
            options={
                'verbose_name': 'label info',
                'verbose_name_plural': 'label info',
            },
        ),
        migrations.AddField(
            model_name='homepage',
            name='body',
            field=wagtail.fields.StreamField([('hero', 3), ('services', 5), ('newest', 7), ('figures', 5), ('address', 5), ('paragraph', 8), ('steps', 14), ('callout', 18), ('faq', 23), ('table', 27), ('files', 32), ('figure', 36), ('pictures', 40), ('feature', 48), ('cards', 52), ('quote', 55), ('statistics', 61), ('video', 66)], block_lookup={0: ('wagtail.blocks.CharBlock', (), {'label': 'judul besar', 'max_length': 120}), 1: ('wagtail.blocks.TextBlock', (), {'label': 'teks di bawah judul', 'max_length': 300}), 2: ('wagtail.blocks.CharBlock', (), {'default': 'Mulai konsultasi', 'label': 'tulisan tombol', 'max_length': 40}), 3: ('wagtail.blocks.StructBlock', [[('title', 0), ('text', 1), ('button', 2)]], {}), 4: ('wagtail.blocks.CharBlock', (), {'label': 'judul bagian', 'max_length': 100}), 5: ('wagtail.blocks.StructBlock', [[('heading', 4)]], {}), 6: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'Info')], 'label': 'apa'}), 7: ('wagtail.blocks.StructBlock', [[('heading', 4), ('kind', 6)]], {}), 8: ('siptenan.common.blocks.ParagraphBlock', (), {}), 9: ('wagtail.blocks.CharBlock', (), {'label': 'judul bagian', 'max_length': 100, 'required': False}), 10: ('wagtail.blocks.CharBlock', (), {'label': 'langkah', 'max_length': 100}), 11: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'penjelasan', 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('title', 10), ('text', 11)]], {'label': 'langkah'}), 13: ('wagtail.blocks.ListBlock', (12,), {'label': 'langkah', 'min_num': 2}), 14: ('wagtail.blocks.StructBlock', [[('heading', 9), ('steps', 13)]], {}), 15: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'Info'), ('ok', 'Baik'), ('warn', 'Perhatian')], 'label': 'jenis'}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'judul', 'max_length': 100}), 17: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'isi'}), 18: ('wagtail.blocks.StructBlock', [[('level', 15), ('title', 16), ('text', 17)]], {}), 19: ('wagtail.blocks.CharBlock', (), {'label': 'pertanyaan', 'max_length': 200}), 20: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'jawaban'}), 21: ('wagtail.blocks.StructBlock', [[('question', 19), ('answer', 20)]], {'label': 'tanya jawab'}), 22: ('wagtail.blocks.ListBlock', (21,), {'label': 'tanya jawab', 'min_num': 1}), 23: ('wagtail.blocks.StructBlock', [[('heading', 9), ('questions', 22)]], {}), 24: ('wagtail.blocks.CharBlock', (), {'label': 'judul tabel', 'max_length': 150}), 25: ('wagtail.blocks.CharBlock', (), {'label': 'Teks', 'required': False}), 26: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 25)]], {'label': 'isi tabel', 'required': True}), 27: ('wagtail.blocks.StructBlock', [[('caption', 24), ('table', 26)]], {}), 28: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'dokumen'}), 29: ('wagtail.blocks.CharBlock', (), {'label': 'nama yang ditampilkan', 'max_length': 150, 'required': False}), 30: ('wagtail.blocks.StructBlock', [[('document', 28), ('title', 29)]], {'label': 'berkas'}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'berkas', 'min_num': 1}), 32: ('wagtail.blocks.StructBlock', [[('heading', 9), ('files', 31)]], {}), 33: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar'}), 34: ('wagtail.blocks.CharBlock', (), {'help_text': 'Apa yang terlihat, untuk yang tidak dapat melihatnya. Kosong: gambar hanya hiasan.', 'label': 'teks pengganti', 'max_length': 200, 'required': False}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'keterangan di bawah gambar', 'max_length': 200, 'required': False}), 36: ('wagtail.blocks.StructBlock', [[('image', 33), ('alt', 34), ('caption', 35)]], {}), 37: ('wagtail.blocks.CharBlock', (), {'help_text': 'Apa yang terlihat pada gambar.', 'label': 'teks pengganti', 'max_length': 200}), 38: ('wagtail.blocks.StructBlock', [[('image', 33), ('alt', 37)]], {'label': 'gambar'}), 39: ('wagtail.blocks.ListBlock', (38,), {'label': 'gambar', 'max_num': 12, 'min_num': 2}), 40: ('wagtail.blocks.StructBlock', [[('heading', 9), ('pictures', 39)]], {}), 41: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'teks'}), 42: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar', 'required': False}), 43: ('wagtail.blocks.CharBlock', (), {'label': 'teks pengganti gambar', 'max_length': 200, 'required': False}), 44: ('wagtail.blocks.PageChooserBlock', (), {'label': 'halaman', 'required': False}), 45: ('wagtail.blocks.URLBlock', (), {'label': 'atau alamat di luar', 'required': False}), 46: ('wagtail.blocks.CharBlock', (), {'label': 'tulisan tautan', 'max_length': 80, 'required': False}), 47: ('wagtail.blocks.StructBlock', [[('page', 44), ('url', 45), ('text', 46)]], {'label': 'tautan'}), 48: ('wagtail.blocks.StructBlock', [[('title', 16), ('text', 41), ('image', 42), ('alt', 43), ('link', 47)]], {}), 49: ('wagtail.blocks.TextBlock', (), {'label': 'teks', 'max_length': 200, 'required': False}), 50: ('wagtail.blocks.StructBlock', [[('title', 16), ('text', 49), ('link', 47)]], {'label': 'kartu'}), 51: ('wagtail.blocks.ListBlock', (50,), {'label': 'kartu', 'max_num': 12, 'min_num': 1}), 52: ('wagtail.blocks.StructBlock', [[('heading', 9), ('cards', 51)]], {}), 53: ('wagtail.blocks.TextBlock', (), {'label': 'kutipan', 'max_length': 400}), 54: ('wagtail.blocks.CharBlock', (), {'label': 'siapa', 'max_length': 120}), 55: ('wagtail.blocks.StructBlock', [[('text', 53), ('who', 54)]], {}), 56: ('wagtail.blocks.CharBlock', (), {'label': 'angka', 'max_length': 20}), 57: ('wagtail.blocks.CharBlock', (), {'label': 'apa artinya', 'max_length': 100}), 58: ('wagtail.blocks.StructBlock', [[('number', 56), ('label', 57)]], {'label': 'angka'}), 59: ('wagtail.blocks.ListBlock', (58,), {'label': 'angka', 'max_num': 6, 'min_num': 1}), 60: ('wagtail.blocks.CharBlock', (), {'label': 'sumber', 'max_length': 200}), 61: ('wagtail.blocks.StructBlock', [[('heading', 9), ('numbers', 59), ('source', 60)]], {}), 62: ('wagtail.blocks.CharBlock', (), {'label': 'judul video', 'max_length': 150}), 63: ('wagtail.blocks.URLBlock', (), {'help_text': 'Alamat di YouTube, Instagram, atau TikTok.', 'label': 'alamat video'}), 64: ('wagtail.blocks.IntegerBlock', (), {'label': 'lama (menit)', 'max_value': 600, 'min_value': 1, 'required': False}), 65: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar sampul', 'required': False}), 66: ('wagtail.blocks.StructBlock', [[('title', 62), ('url', 63), ('minutes', 64), ('image', 65)]], {})}, default='', verbose_name='isi'),
            preserve_default=False,
        ),
        migrations.RenameField(model_name='standardpage', old_name='body', new_name='old_body'),
        migrations.AddField(
            model_name='standardpage',
            name='body',
            field=wagtail.fields.StreamField([('paragraph', 0), ('steps', 6), ('callout', 10), ('faq', 15), ('table', 19), ('files', 24), ('figure', 28), ('pictures', 32), ('feature', 40), ('cards', 44), ('quote', 47), ('statistics', 53), ('video', 58)], block_lookup={0: ('siptenan.common.blocks.ParagraphBlock', (), {}), 1: ('wagtail.blocks.CharBlock', (), {'label': 'judul bagian', 'max_length': 100, 'required': False}), 2: ('wagtail.blocks.CharBlock', (), {'label': 'langkah', 'max_length': 100}), 3: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'penjelasan', 'required': False}), 4: ('wagtail.blocks.StructBlock', [[('title', 2), ('text', 3)]], {'label': 'langkah'}), 5: ('wagtail.blocks.ListBlock', (4,), {'label': 'langkah', 'min_num': 2}), 6: ('wagtail.blocks.StructBlock', [[('heading', 1), ('steps', 5)]], {}), 7: ('wagtail.blocks.ChoiceBlock', [], {'choices': [('info', 'Info'), ('ok', 'Baik'), ('warn', 'Perhatian')], 'label': 'jenis'}), 8: ('wagtail.blocks.CharBlock', (), {'label': 'judul', 'max_length': 100}), 9: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'isi'}), 10: ('wagtail.blocks.StructBlock', [[('level', 7), ('title', 8), ('text', 9)]], {}), 11: ('wagtail.blocks.CharBlock', (), {'label': 'pertanyaan', 'max_length': 200}), 12: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'jawaban'}), 13: ('wagtail.blocks.StructBlock', [[('question', 11), ('answer', 12)]], {'label': 'tanya jawab'}), 14: ('wagtail.blocks.ListBlock', (13,), {'label': 'tanya jawab', 'min_num': 1}), 15: ('wagtail.blocks.StructBlock', [[('heading', 1), ('questions', 14)]], {}), 16: ('wagtail.blocks.CharBlock', (), {'label': 'judul tabel', 'max_length': 150}), 17: ('wagtail.blocks.CharBlock', (), {'label': 'Teks', 'required': False}), 18: ('wagtail.contrib.typed_table_block.blocks.TypedTableBlock', [[('text', 17)]], {'label': 'isi tabel', 'required': True}), 19: ('wagtail.blocks.StructBlock', [[('caption', 16), ('table', 18)]], {}), 20: ('wagtail.documents.blocks.DocumentChooserBlock', (), {'label': 'dokumen'}), 21: ('wagtail.blocks.CharBlock', (), {'label': 'nama yang ditampilkan', 'max_length': 150, 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('document', 20), ('title', 21)]], {'label': 'berkas'}), 23: ('wagtail.blocks.ListBlock', (22,), {'label': 'berkas', 'min_num': 1}), 24: ('wagtail.blocks.StructBlock', [[('heading', 1), ('files', 23)]], {}), 25: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar'}), 26: ('wagtail.blocks.CharBlock', (), {'help_text': 'Apa yang terlihat, untuk yang tidak dapat melihatnya. Kosong: gambar hanya hiasan.', 'label': 'teks pengganti', 'max_length': 200, 'required': False}), 27: ('wagtail.blocks.CharBlock', (), {'label': 'keterangan di bawah gambar', 'max_length': 200, 'required': False}), 28: ('wagtail.blocks.StructBlock', [[('image', 25), ('alt', 26), ('caption', 27)]], {}), 29: ('wagtail.blocks.CharBlock', (), {'help_text': 'Apa yang terlihat pada gambar.', 'label': 'teks pengganti', 'max_length': 200}), 30: ('wagtail.blocks.StructBlock', [[('image', 25), ('alt', 29)]], {'label': 'gambar'}), 31: ('wagtail.blocks.ListBlock', (30,), {'label': 'gambar', 'max_num': 12, 'min_num': 2}), 32: ('wagtail.blocks.StructBlock', [[('heading', 1), ('pictures', 31)]], {}), 33: ('wagtail.blocks.RichTextBlock', (), {'features': ['bold', 'italic', 'ol', 'ul', 'link', 'document-link'], 'label': 'teks'}), 34: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar', 'required': False}), 35: ('wagtail.blocks.CharBlock', (), {'label': 'teks pengganti gambar', 'max_length': 200, 'required': False}), 36: ('wagtail.blocks.PageChooserBlock', (), {'label': 'halaman', 'required': False}), 37: ('wagtail.blocks.URLBlock', (), {'label': 'atau alamat di luar', 'required': False}), 38: ('wagtail.blocks.CharBlock', (), {'label': 'tulisan tautan', 'max_length': 80, 'required': False}), 39: ('wagtail.blocks.StructBlock', [[('page', 36), ('url', 37), ('text', 38)]], {'label': 'tautan'}), 40: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 33), ('image', 34), ('alt', 35), ('link', 39)]], {}), 41: ('wagtail.blocks.TextBlock', (), {'label': 'teks', 'max_length': 200, 'required': False}), 42: ('wagtail.blocks.StructBlock', [[('title', 8), ('text', 41), ('link', 39)]], {'label': 'kartu'}), 43: ('wagtail.blocks.ListBlock', (42,), {'label': 'kartu', 'max_num': 12, 'min_num': 1}), 44: ('wagtail.blocks.StructBlock', [[('heading', 1), ('cards', 43)]], {}), 45: ('wagtail.blocks.TextBlock', (), {'label': 'kutipan', 'max_length': 400}), 46: ('wagtail.blocks.CharBlock', (), {'label': 'siapa', 'max_length': 120}), 47: ('wagtail.blocks.StructBlock', [[('text', 45), ('who', 46)]], {}), 48: ('wagtail.blocks.CharBlock', (), {'label': 'angka', 'max_length': 20}), 49: ('wagtail.blocks.CharBlock', (), {'label': 'apa artinya', 'max_length': 100}), 50: ('wagtail.blocks.StructBlock', [[('number', 48), ('label', 49)]], {'label': 'angka'}), 51: ('wagtail.blocks.ListBlock', (50,), {'label': 'angka', 'max_num': 6, 'min_num': 1}), 52: ('wagtail.blocks.CharBlock', (), {'label': 'sumber', 'max_length': 200}), 53: ('wagtail.blocks.StructBlock', [[('heading', 1), ('numbers', 51), ('source', 52)]], {}), 54: ('wagtail.blocks.CharBlock', (), {'label': 'judul video', 'max_length': 150}), 55: ('wagtail.blocks.URLBlock', (), {'help_text': 'Alamat di YouTube, Instagram, atau TikTok.', 'label': 'alamat video'}), 56: ('wagtail.blocks.IntegerBlock', (), {'label': 'lama (menit)', 'max_value': 600, 'min_value': 1, 'required': False}), 57: ('wagtail.images.blocks.ImageChooserBlock', (), {'label': 'gambar sampul', 'required': False}), 58: ('wagtail.blocks.StructBlock', [[('title', 54), ('url', 55), ('minutes', 56), ('image', 57)]], {})}, default='', verbose_name='isi'),
            preserve_default=False,
        ),
        migrations.AlterField('standardpage', 'old_body', models.TextField(default='')),
        migrations.RunPython(to_blocks, to_fields),
        migrations.RemoveField(model_name='homepage', name='hero_text'),
        migrations.RemoveField(model_name='homepage', name='hero_title'),
        migrations.RemoveField(model_name='standardpage', name='old_body'),
        migrations.AddField(
            model_name='standardpage',
            name='introduction',
            field=models.TextField(blank=True, help_text='Satu atau dua kalimat di bawah judul halaman.', verbose_name='kalimat pembuka'),
        ),
        migrations.CreateModel(
            name='EventPage',
            fields=[
                ('infopage_ptr', models.OneToOneField(auto_created=True, on_delete=django.db.models.deletion.CASCADE, parent_link=True, primary_key=True, serialize=False, to='home.infopage')),
                ('starts_at', models.DateTimeField(verbose_name='mulai')),
                ('ends_at', models.DateTimeField(blank=True, null=True, verbose_name='selesai')),
                ('place', models.CharField(max_length=255, verbose_name='tempat')),
                ('organiser', models.CharField(blank=True, max_length=150, verbose_name='penyelenggara')),
                ('registration_url', models.URLField(blank=True, verbose_name='alamat pendaftaran')),
            ],
            options={
                'verbose_name': 'agenda',
                'verbose_name_plural': 'agenda',
            },
            bases=('home.infopage',),
        ),
        migrations.AddField(
            model_name='infopage',
            name='category',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='pages', to='home.infocategory', verbose_name='kategori'),
        ),
        migrations.CreateModel(
            name='TaggedInfo',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('content_object', modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='home.infopage')),
                ('tag', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='tagged', to='home.infotag')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='infopage',
            name='tags',
            field=modelcluster.contrib.taggit.ClusterTaggableManager(blank=True, help_text='A comma-separated list of tags.', through='home.TaggedInfo', to='home.InfoTag', verbose_name='label'),
        ),
        migrations.AddIndex(
            model_name='infopage',
            index=models.Index(fields=['-date'], name='info_date'),
        ),
    ]

"""Where files of visitors lie on S3. Apart from private_files, because boto3 takes time and 30 MB to load."""

from __future__ import annotations

from typing import Any

from storages.backends.s3 import S3Storage

from siptenan.common.private_files import WithoutAddress

IN_MEMORY = 1024 * 1024  # bytes of a file that is read; what is larger goes through a temporary file


class PrivateBucket(WithoutAddress, S3Storage):
    """A bucket of its own, without public access.

    No ACL is sent: objects are private unless somebody opens the bucket, and buckets as AWS makes them today refuse
    every request that names one.
    """

    def get_default_settings(self) -> dict[str, Any]:
        """What the settings need not say."""
        ours = {"default_acl": None, "file_overwrite": False, "max_memory_size": IN_MEMORY, "querystring_auth": True}
        return {**super().get_default_settings(), **ours}

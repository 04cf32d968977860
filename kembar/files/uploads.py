"""What of an upload reaches the disk before any page has looked at it: little more than may be kept."""

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from kembar.files import store


class Bounded(FileUploadHandler):
    """Passes on a file up to the first piece past the largest size, and lets the rest run out: the page then holds a
    file that is certainly too large, and says so, while the disk does not fill. First in FILE_UPLOAD_HANDLERS."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        return raw_data if start <= store.largest() else None

    def file_complete(self, file_size: int) -> "UploadedFile[bytes] | None":
        return None

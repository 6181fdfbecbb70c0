"""A file descriptor as memory that PDFium can read, without copying the file."""

import ctypes
import mmap
import os


def mapped(fd: int) -> "ctypes.Array[ctypes.c_ubyte]":
    """The whole file as a ctypes array; the mapping is private, so the file can't be changed."""
    size = os.fstat(fd).st_size
    view = mmap.mmap(fd, size, access=mmap.ACCESS_COPY)
    return (ctypes.c_ubyte * size).from_buffer(view)

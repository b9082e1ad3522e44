"""Takes the kernel out of Debian's bzImage: `unpack_kernel.py BZIMAGE VMLINUX`."""

import lzma
import sys

MAGIC = b"\xfd7zXZ\x00"


def unpack(image):
    at = image.find(MAGIC)
    while at != -1:
        try:
            kernel = lzma.LZMADecompressor().decompress(image[at:])
            if kernel.startswith(b"\x7fELF"):
                return kernel
        except lzma.LZMAError:
            pass
        at = image.find(MAGIC, at + 1)
    raise SystemExit("no kernel in this image")


source, target = sys.argv[1:]
with open(source, "rb") as image, open(target, "wb") as kernel:
    kernel.write(unpack(image.read()))

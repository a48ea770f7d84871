"""BGZF: gzip in independent blocks (SAM specification, section 4.1), and its .gzi index (bgzip -i)."""

import struct
import zlib

_BLOCK = 0xFF00    # bytes of text a block, as bgzip uses
_END = bytes.fromhex("1f8b08040000000000ff0600424302001b0003000000000000000000")


def compress(data):
    """The compressed file and its .gzi index, both as bytes."""
    out, places = bytearray(), []
    for at in range(0, len(data), _BLOCK):
        if at:
            places.append((len(out), at))
        out += _block(data[at:at + _BLOCK])
    index = struct.pack("<Q", len(places)) + b"".join(struct.pack("<QQ", *place) for place in places)
    return bytes(out) + _END, index


def _block(data):
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    body = deflate.compress(data) + deflate.flush()
    header = b"\x1f\x8b\x08\x04" + bytes(4) + b"\x00\xff" + struct.pack("<H", 6) + b"BC\x02\x00"
    size = len(header) + 2 + len(body) + 8
    return header + struct.pack("<H", size - 1) + body + struct.pack("<II", zlib.crc32(data), len(data))

"""Writes the same tensors in every container and element type, for the readers to be compared with bit for bit.

Run from the repository's root with Debian's Python (python3-torch 1.13):

    /usr/bin/python3 tests/Host.Tests/Checkpoints/Golden/make_containers.py

expected.json has each tensor's type, shape and bytes in hexadecimal, as torch itself says them.
"""
import json
import pathlib
import struct
from collections import OrderedDict

import torch

HERE = pathlib.Path(__file__).resolve().parent
TYPES = {
    "F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16, "I64": torch.int64,
    "I32": torch.int32, "I16": torch.int16, "I8": torch.int8, "U8": torch.uint8, "BOOL": torch.bool,
}
NAMES = {t: n for n, t in TYPES.items()}


def tensors():
    torch.manual_seed(13)
    state = OrderedDict()
    for name, dtype in TYPES.items():
        values = torch.randn(3, 5) * 100
        state[f"types.{name}"] = (values > 0) if dtype is torch.bool else values.abs().clamp(max=120).to(dtype)
    state["special.nan"] = torch.tensor([float("nan"), float("inf"), -float("inf"), -0.0, 1e-45])
    state["special.scalar"] = torch.tensor(2.5)
    state["special.empty"] = torch.zeros(0, 4)
    base = torch.arange(24, dtype=torch.float32).reshape(4, 6)
    state["shared.whole"] = base
    state["shared.row"] = base[2]
    state["shared.columns"] = base[:, 1:4]
    state["shared.transposed"] = base.t()
    state["tied.embedding"] = torch.nn.Parameter(torch.randn(7, 3))
    state["tied.decoder"] = state["tied.embedding"]
    return state


def plain(tensor):
    tensor = tensor.detach().contiguous()
    if tensor.dtype is torch.bfloat16:
        return tensor.view(torch.int16).numpy().tobytes()
    return tensor.numpy().tobytes()


def safetensors(path, state):
    """The published format (github.com/huggingface/safetensors, README), written here by hand."""
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name in sorted(state):
        raw = plain(state[name])
        header[name] = {"dtype": NAMES[state[name].dtype], "shape": list(state[name].shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header).encode()
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def index(path, parts):
    weights = {name: file for file, state in parts.items() for name in state}
    path.write_text(json.dumps({"metadata": {"total_size": 0}, "weight_map": weights}, indent=1, sort_keys=True) + "\n")


def main():
    state = tensors()
    torch.save(state, HERE / "zip.bin")
    torch.save(state, HERE / "stream.bin", _use_new_zipfile_serialization=False)
    for protocol in (3, 4, 5):
        torch.save(state, HERE / f"protocol{protocol}.bin", pickle_protocol=protocol)
    torch.save({"model": state, "epoch": 3, "optimizer": {"state": {0: {"step": 5}}, "param_groups": [{"lr": 1e-4}]}}, HERE / "wrapped.pth")
    layer = torch.nn.Linear(2, 3)
    torch.save(layer.state_dict(), HERE / "module.pt")
    safetensors(HERE / "all.safetensors", state)
    names = list(state)
    halves = {"model-00001-of-00002.safetensors": names[:9], "model-00002-of-00002.safetensors": names[9:]}
    sharded = HERE / "sharded"
    sharded.mkdir(exist_ok=True)
    for file, part in halves.items():
        safetensors(sharded / file, {n: state[n] for n in part})
    index(sharded / "model.safetensors.index.json", halves)
    halves = {"pytorch_model-00001-of-00002.bin": names[:9], "pytorch_model-00002-of-00002.bin": names[9:]}
    sharded = HERE / "sharded_bin"
    sharded.mkdir(exist_ok=True)
    for file, part in halves.items():
        torch.save({n: state[n] for n in part}, sharded / file)
    index(sharded / "pytorch_model.bin.index.json", halves)
    expected = {n: {"type": NAMES[t.dtype], "shape": list(t.shape), "hex": plain(t).hex()} for n, t in state.items()}
    (HERE / "expected.json").write_text(json.dumps(expected, indent=1) + "\n")
    (HERE / "module.json").write_text(json.dumps({n: {"type": NAMES[t.dtype], "shape": list(t.shape), "hex": plain(t).hex()} for n, t in layer.state_dict().items()}, indent=1) + "\n")


main()

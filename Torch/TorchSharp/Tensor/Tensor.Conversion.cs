using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        private Tensor Convert(ScalarType? type, Device? device, bool copy, bool disposeAfter, bool non_blocking)
        {
            if (device?.type == DeviceType.CUDA && Native.ts_cuda_device_count() == 0)
                throw new InvalidOperationException("CUDA is not available: no CUDA device, or a libtorch built without it.");
            var result = Ops.to__dtype_layout.Call(this, type, Arg.None, device, Arg.None, non_blocking, copy, Arg.None);
            if (disposeAfter) Dispose();
            return result;
        }

        /// <summary>Moves to a device; the same memory is returned where nothing must change, unless copy.</summary>
        /// <param name="disposeAfter">Disposes this tensor afterwards.</param>
        /// <param name="non_blocking">Lets a copy from pinned memory overlap with the host.</param>
        public Tensor to(DeviceType deviceType, int deviceIndex = -1, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) => Convert(null, new Device(deviceType, deviceIndex), copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, Device device, bool copy = false, bool disposeAfter = false,
            bool non_blocking = false) => Convert(type, device, copy, disposeAfter, non_blocking);

        public Tensor to(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(type, null, copy, disposeAfter, non_blocking);

        public Tensor to(string device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(null, new Device(device), copy, disposeAfter, non_blocking);

        public Tensor to(Device device, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(null, device, copy, disposeAfter, non_blocking);

        public Tensor to(Tensor other, bool non_blocking = false) => Convert(other.dtype, other.device, false, false, non_blocking);

        public Tensor to_type(ScalarType type, bool copy = false, bool disposeAfter = false, bool non_blocking = false) =>
            Convert(type, null, copy, disposeAfter, non_blocking);

        public Tensor type_as(Tensor tensor) => to_type(tensor.dtype);

        public Tensor type(Func<Tensor, Tensor> typeFunc) => typeFunc(this);

        public Tensor type(ScalarType dtype) => to(dtype);

        public Tensor cpu() => to(DeviceType.CPU);

        public Tensor cuda(Device? device = null, bool non_blocking = false)
        {
            if (device is not null && device.type != DeviceType.CUDA) throw new ArgumentException("Not a CUDA device.", nameof(device));
            return to(device ?? CUDA, non_blocking: non_blocking);
        }

        public Tensor @bool() => to_type(ScalarType.Bool);

        public Tensor @byte() => to_type(ScalarType.Byte);

        public Tensor @char() => to_type(ScalarType.Int8);

        public Tensor @short() => to_type(ScalarType.Int16);

        public Tensor @int() => to_type(ScalarType.Int32);

        public Tensor @long() => to_type(ScalarType.Int64);

        public Tensor half() => to_type(ScalarType.Float16);

        public Tensor bfloat16() => to_type(ScalarType.BFloat16);

        public Tensor @float() => to_type(ScalarType.Float32);

        public Tensor @double() => to_type(ScalarType.Float64);

        public Tensor clone() => Ops.clone.Call(this);

        public Tensor contiguous() => Ops.contiguous.Call(this);

        public Tensor pin_memory() => Ops.pin_memory.Call(this);

        public Tensor to_dense() => Ops.to_dense.Call(this);

        /// <summary>Overwrites this tensor's elements; source is broadcast, converted and moved as needed.</summary>
        public Tensor copy_(Tensor source, bool nonBlocking = false) => Ops.copy_.InPlace(this, this, source, nonBlocking);

        /// <summary>Makes this tensor a handle on source's storage.</summary>
        public Tensor set_(Tensor source) => Ops.set___source_Tensor.InPlace(this, this, source);

        public Tensor detach() => Ops.detach.Call(this);

        public Tensor detach_() => Ops.detach_.InPlace(this, this);

        internal bool toWillCopy(ScalarType type, Device device) =>
            dtype != type || device_type != device.type || (device.type != DeviceType.CPU && device.index >= 0 && device_index != device.index);
    }
}

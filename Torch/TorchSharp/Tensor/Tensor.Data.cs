using System.Runtime.InteropServices;
using PluginHost.Torch.Interop;
using TorchSharp.Utils;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The elements as a .NET collection, over the tensor's own memory (a CPU copy for other devices).</summary>
        public TensorAccessor<T> data<T>() where T : unmanaged
        {
            ValidateType(typeof(T));
            return new TensorAccessor<T>(device_type == DeviceType.CPU ? this : cpu());
        }

        /// <summary>The value of a tensor of one element.</summary>
        public T item<T>() where T : unmanaged
        {
            if (NumberOfElements != 1) throw new ArgumentException("Number of elements in the tensor must be 1");
            using var here = device_type == DeviceType.CPU ? null : cpu();
            ValidateType(typeof(T));
            return TensorAccessor<T>.ReadItemAt(here ?? this, 0);
        }

        public Scalar ToScalar()
        {
            var value = Ops.item.CallScalar(this);
            return torch.is_integral(dtype) ? new Scalar(value.Integer, dtype) : new Scalar(value.Real, dtype);
        }

        /// <summary>The memory of a contiguous CPU tensor. Valid while this tensor is alive and not disposed.</summary>
        public unsafe Span<byte> bytes
        {
            get
            {
                var length = PlainLength();
                return length == 0 ? [] : new Span<byte>((void*)DataPointer(), length);
            }
            set
            {
                if (PlainLength() != value.Length)
                    throw new ArgumentException("Mismatched data sizes in SetBytes().");
                value.CopyTo(bytes);
            }
        }

        public T ReadCpuValue<T>(long i) where T : unmanaged => TensorAccessor<T>.ReadItemAt(this, i);

        public double ReadCpuDouble(long i) => ReadCpuValue<double>(i);

        public float ReadCpuSingle(long i) => ReadCpuValue<float>(i);

        public int ReadCpuInt32(long i) => ReadCpuValue<int>(i);

        public long ReadCpuInt64(long i) => ReadCpuValue<long>(i);

        public byte ReadCpuByte(long i) => ReadCpuValue<byte>(i);

        public sbyte ReadCpuSByte(long i) => ReadCpuValue<sbyte>(i);

        public short ReadCpuInt16(long i) => ReadCpuValue<short>(i);

        public bool ReadCpuBool(long i) => ReadCpuValue<bool>(i);

        internal nint DataPointer()
        {
            var pointer = Native.ts_tensor_data(Handle);
            if (pointer == 0 && NumberOfElements > 0) throw Errors.Last();
            return Alive(pointer);
        }

        internal void ValidateType(Type dotnetType)
        {
            var expected = dtype switch
            {
                ScalarType.Byte => typeof(byte),
                ScalarType.Int8 => typeof(sbyte),
                ScalarType.Int16 => typeof(short),
                ScalarType.Int32 => typeof(int),
                ScalarType.Int64 => typeof(long),
                ScalarType.Bool => typeof(bool),
                ScalarType.Float16 => typeof(Half),
                ScalarType.BFloat16 => typeof(BFloat16),
                ScalarType.Float32 => typeof(float),
                ScalarType.Float64 => typeof(double),
                ScalarType.ComplexFloat32 => typeof((float, float)),
                _ => typeof(System.Numerics.Complex),
            };
            if (expected != dotnetType) throw new ArgumentException($"{dotnetType.Name} is not compatible with {dtype}");
        }

        private int PlainLength()
        {
            if (!is_contiguous()) throw new InvalidOperationException("Bytes() called on non-contiguous tensor.");
            if (device_type != DeviceType.CPU)
                throw new InvalidOperationException(
                    "Reading data from non-CPU memory is not supported. Move or copy the tensor to the cpu before reading.");
            var length = NumberOfElements * ElementSize;
            return length <= int.MaxValue
                ? (int)length
                : throw new ArgumentException("Span only supports up to int.MaxValue elements.");
        }
    }
}

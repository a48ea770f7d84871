using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    public partial class Tensor
    {
        /// <summary>The number of axes.</summary>
        public long Dimensions => Alive(Native.ts_tensor_dim(Handle));

        public long ndim => Dimensions;

        public long dim() => Dimensions;

        public long NumberOfElements => Alive(Native.ts_tensor_numel(Handle));

        public long numel() => NumberOfElements;

        /// <summary>Bytes of one element.</summary>
        public long ElementSize => Alive(Native.ts_tensor_element_size(Handle));

        public long element_size() => ElementSize;

        public ScalarType dtype => (ScalarType)Alive(Native.ts_tensor_dtype(Handle));

        public Device device => device_type == DeviceType.CPU ? new Device(DeviceType.CPU) : new Device(device_type, device_index);

        public DeviceType device_type => (DeviceType)(Alive(Native.ts_tensor_device(Handle)) >> 32);

        /// <summary>The device's ordinal; -1 on the CPU.</summary>
        public int device_index => (int)Alive(Native.ts_tensor_device(Handle));

        public unsafe long[] shape
        {
            get
            {
                var sizes = new long[Dimensions];
                fixed (long* p = sizes) Native.ts_tensor_sizes(Handle, p);
                return Alive(sizes);
            }
        }

        public long[] size() => shape;

        public unsafe long size(int dim)
        {
            var count = Dimensions;
            var axis = dim < 0 ? dim + count : dim;
            if (axis < 0 || axis >= count)
                throw new PluginHost.Torch.TorchIndexException(
                    $"Dimension out of range (expected to be in range of [{-count}, {count - 1}], but got {dim})");
            var sizes = stackalloc long[(int)count];
            Native.ts_tensor_sizes(Handle, sizes);
            return Alive(sizes[axis]);
        }

        public unsafe long[] stride()
        {
            var strides = new long[Dimensions];
            fixed (long* p = strides) Native.ts_tensor_strides(Handle, p);
            return Alive(strides);
        }

        public long stride(int dim) => stride()[dim < 0 ? dim + ndim : dim];

        public long storage_offset() => Alive(Native.ts_tensor_storage_offset(Handle));

        public bool is_integral() => torch.is_integral(dtype);

        public bool is_floating_point() => torch.is_floating_point(dtype);

        public bool is_complex() => torch.is_complex(dtype);

        public bool is_nonzero() => numel() == 1
            ? Ops.is_nonzero.CallBool(this)
            : throw new InvalidOperationException("is_nonzero() called on non-singleton tensor");

        public bool is_cuda => device_type == DeviceType.CUDA;

        public bool is_meta => device_type == DeviceType.META;

        public bool is_cpu() => device_type == DeviceType.CPU;

        public bool is_sparse => Alive(Native.ts_tensor_is_sparse(Handle)) != 0;

        public bool is_contiguous() => Alive(Native.ts_tensor_is_contiguous(Handle)) != 0;

        public bool is_pinned() => Ops.is_pinned.CallBool(this);

        /// <summary>Whether gradients accumulate here: made by the user rather than by an operation.</summary>
        public bool is_leaf => Alive(Native.ts_tensor_is_leaf(Handle)) != 0;

        public bool requires_grad
        {
            get => Alive(Native.ts_tensor_requires_grad(Handle)) != 0;
            set
            {
                Errors.Check(Native.ts_set_requires_grad(Handle, value ? 1 : 0));
                GC.KeepAlive(this);
            }
        }

        /// <summary>The accumulated gradient, or null. A new handle at each call.</summary>
        public Tensor? grad
        {
            get
            {
                var found = Alive(Native.ts_grad_get(Handle));
                return found == 0 ? null : new Tensor(found);
            }
            set
            {
                Errors.Check(Native.ts_grad_set(Handle, value is null ? 0 : value.Handle));
                GC.KeepAlive(value);
                GC.KeepAlive(this);
            }
        }

        public Tensor requires_grad_(bool requires_grad = true)
        {
            this.requires_grad = requires_grad;
            return this;
        }

        public Tensor with_requires_grad(bool requires_grad = true) => requires_grad_(requires_grad);

        /// <summary>Keeps the gradient of a tensor that is not a leaf.</summary>
        public void retain_grad() => Ops.retain_grad.Run(this);

        public void backward() => autograd.backward([this]);

        public void backward(IList<Tensor>? grad_tensors = null, bool retain_graph = false, bool create_graph = false,
            IList<Tensor>? inputs = null) =>
            autograd.backward([this], grad_tensors, retain_graph, create_graph, inputs);

        // The native call has returned; the finalizer must not have run before it did.
        private T Alive<T>(T value)
        {
            GC.KeepAlive(this);
            return value;
        }
    }
}

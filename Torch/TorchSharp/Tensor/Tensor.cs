using PluginHost.Torch.Interop;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>
    /// A handle on a libtorch tensor. It is freed by <see cref="Dispose"/>, by the dispose scope it was made in, or by the
    /// collector; the collector does not see native memory, so loops must use one of the first two.
    /// </summary>
    public partial class Tensor : IDisposable
    {
        private static long totalCount;
        private static long peakCount;

        internal nint handle;

        internal DisposeScope? OwningDisposeScope { get; set; }

        internal Tensor(nint handle)
        {
            if (handle == 0) throw new InvalidOperationException("A tensor needs a native handle.");
            this.handle = handle;
            var count = Interlocked.Increment(ref totalCount);
            if (count > peakCount) peakCount = count;
            OwningDisposeScope = DisposeScopeManager.ThreadSingleton.Register(this);
        }

        ~Tensor() => Free();

        /// <summary>Wraps an at::Tensor* whose ownership passes to the result.</summary>
        public static Tensor UnsafeCreateTensor(IntPtr handle) => new(handle);

        /// <summary>Tensors alive in managed code.</summary>
        public static long TotalCount => Interlocked.Read(ref totalCount);

        /// <summary>The most tensors that were alive at once.</summary>
        public static long PeakCount => Interlocked.Read(ref peakCount);

        /// <summary>A label for debugging.</summary>
        public string? name { get; set; }

        /// <summary>The at::Tensor*.</summary>
        /// <exception cref="ObjectDisposedException">The tensor was disposed.</exception>
        public IntPtr Handle => handle != 0 ? handle : throw Disposed();

        public bool IsInvalid => handle == 0;

        public void Dispose()
        {
            OwningDisposeScope?.MarkAsDisposed(this);
            Free();
            GC.SuppressFinalize(this);
        }

        /// <summary>Hands this tensor to the scope around the one it is in; with none around, it is on its own.</summary>
        public Tensor MoveToOuterDisposeScope()
        {
            _ = OwningDisposeScope?.MoveToOuter(this);
            return this;
        }

        /// <summary>Takes this tensor out of every scope.</summary>
        public Tensor DetachFromDisposeScope()
        {
            _ = OwningDisposeScope?.Detach(this);
            return this;
        }

        public Tensor MoveToOtherDisposeScope(Tensor other) => MoveToOtherDisposeScope(other.OwningDisposeScope);

        public Tensor MoveToOtherDisposeScope(DisposeScope? other)
        {
            if (OwningDisposeScope is { } scope) _ = scope.MoveToOther(other, this);
            else other?.Attach(this);
            return this;
        }

        /// <summary>Gives up the native tensor without freeing it.</summary>
        public IntPtr DecoupleFromNativeHandle()
        {
            var held = Handle;
            OwningDisposeScope?.MarkAsDisposed(this);
            GC.SuppressFinalize(this);
            Interlocked.Decrement(ref totalCount);
            handle = 0;
            return held;
        }

        /// <summary>A second, independent handle on the same native tensor.</summary>
        public Tensor alias()
        {
            var result = new Tensor(Errors.Check(Native.ts_tensor_alias(Handle)));
            GC.KeepAlive(this);
            return result;
        }

        public override bool Equals(object? obj) => obj is Tensor other && Equals(other);

        public override int GetHashCode() => base.GetHashCode();

        private void Free()
        {
            var held = Interlocked.Exchange(ref handle, 0);
            if (held == 0) return;
            Interlocked.Decrement(ref totalCount);
            Native.ts_tensor_free(held);
        }

        private ObjectDisposedException Disposed() =>
            new(name ?? nameof(Tensor), "Tensor invalid -- empty handle. It was disposed, or its dispose scope was.");
    }
}

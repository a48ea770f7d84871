using TorchSharp;
using static TorchSharp.torch;
#if !TORCHSHARP
using PluginHost.Torch.Interop;
#endif

namespace PluginHost.Torch;

/// <summary>Processes that train together over TCP (c10d with Gloo). Rank 0 is the meeting point.</summary>
public sealed class ProcessGroup : IDisposable
{
#if !TORCHSHARP
    private nint handle;
#endif

    /// <param name="host">Rank 0's address, by a name or number of this machine's network interface.</param>
    /// <param name="port">Rank 0's port.</param>
    /// <param name="rank">This process: 0 to size - 1.</param>
    /// <param name="size">The number of processes.</param>
    /// <param name="timeout">How long to wait for the others; five minutes when null.</param>
    /// <exception cref="NotSupportedException">The library has no Gloo.</exception>
    public ProcessGroup(string host, int port, int rank, int size, TimeSpan? timeout = null)
    {
        if (rank < 0 || rank >= size) throw new ArgumentOutOfRangeException(nameof(rank), rank, $"a rank is from 0 to {size - 1}");
        if (!IsAvailable)
            throw new NotSupportedException("this tensor library was built without Gloo: install libgloo-dev and build Torch/native again");
        Rank = rank;
        Size = size;
#if !TORCHSHARP
        handle = Errors.Check(Native.ts_gloo_new(host, port, rank, size, (long)(timeout ?? TimeSpan.FromMinutes(5)).TotalMilliseconds));
#endif
    }

    /// <summary>Whether this library can join processes.</summary>
    public static bool IsAvailable =>
#if TORCHSHARP
        false;
#else
        Native.ts_gloo_available() != 0;
#endif

    /// <summary>This process: 0 to <see cref="Size"/> - 1.</summary>
    public int Rank { get; }

    /// <summary>The number of processes.</summary>
    public int Size { get; }

    /// <summary>Replaces a CPU tensor by its sum over all processes.</summary>
    public void AllReduceSum(Tensor tensor)
    {
#if !TORCHSHARP
        Errors.Check(Native.ts_gloo_all_reduce(Open, tensor.Handle));
#endif
        GC.KeepAlive(tensor);
    }

    /// <summary>Replaces a CPU tensor by that of one process.</summary>
    public void Broadcast(Tensor tensor, int root = 0)
    {
#if !TORCHSHARP
        Errors.Check(Native.ts_gloo_broadcast(Open, tensor.Handle, root));
#endif
        GC.KeepAlive(tensor);
    }

    /// <summary>Waits until every process is here.</summary>
    public void Barrier()
    {
#if !TORCHSHARP
        Errors.Check(Native.ts_gloo_barrier(Open));
#endif
    }

    /// <inheritdoc/>
    public void Dispose()
    {
#if !TORCHSHARP
        var held = Interlocked.Exchange(ref handle, 0);
        if (held != 0) Native.ts_gloo_free(held);
#endif
    }

#if !TORCHSHARP
    private nint Open => handle != 0 ? handle : throw new ObjectDisposedException(nameof(ProcessGroup));
#endif
}

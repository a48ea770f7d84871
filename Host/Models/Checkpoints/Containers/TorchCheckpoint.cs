using System.IO.Hashing;
using PluginHost.Checkpoints;
using PluginHost.Host.Models.Checkpoints.Pickle;

namespace PluginHost.Host.Models.Checkpoints.Containers;

using static TorchSharp.torch;

/// <summary>The tensors of a pickled model over a mapped file; the two containers differ only in where storages lie.</summary>
internal sealed class TorchCheckpoint : Checkpoint
{
    private readonly MappedFile file;
    private readonly IReadOnlyDictionary<string, TensorView> views;
    private readonly IReadOnlyDictionary<string, Region> regions;

    /// <param name="file">Disposed with this.</param>
    /// <param name="container">For the user.</param>
    /// <param name="root">What the pickle holds.</param>
    /// <param name="regions">Where each storage lies.</param>
    /// <exception cref="PickleException">It holds no named tensors.</exception>
    /// <exception cref="DataException">A storage is missing or has another length.</exception>
    public TorchCheckpoint(MappedFile file, string container, object? root, IReadOnlyDictionary<string, Region> regions)
    {
        (this.file, this.regions, Container) = (file, regions, container);
        (views, Notes) = StateDict.Find(root);
        foreach (var (name, view) in views) Check(name, view.Storage);
        Tensors = [.. views.Select(v => new CheckpointTensor(v.Key, v.Value.Storage.Type, v.Value.Shape))];
    }

    /// <summary>Where a storage lies in the file.</summary>
    /// <param name="Offset">First byte.</param>
    /// <param name="Length">Bytes.</param>
    /// <param name="Crc">Checksum of all of them; null where the container has none.</param>
    public sealed record Region(long Offset, long Length, uint? Crc)
    {
        /// <summary>Whether the checksum was found right.</summary>
        public bool Verified { get; set; }
    }

    public override IReadOnlyList<CheckpointTensor> Tensors { get; }

    public override string Container { get; }

    public override IReadOnlyList<string> Notes { get; }

    public override Tensor Read(string name)
    {
        if (!views.TryGetValue(name, out var view)) throw new DataException($"'{file.Path}' has no tensor '{name}'.");
        var region = regions[view.Storage.Key];
        Verify(name, region);
        var size = StorageType.Size(view.Storage.Type);
        var begin = region.Offset + (view.Storage.Start + view.Offset) * size;
        var result = empty(view.Shape, dtype: view.Storage.Type);
        if (view.Count == 0) return result;
        if (view.IsContiguous)
        {
            file.Read(begin, result.bytes);
            return result;
        }
        using var spread = empty([view.Reach * size], dtype: ScalarType.Byte);
        file.Read(begin, spread.bytes);
        Gather(spread.bytes, result.bytes, view, size);
        return result;
    }

    public override void Dispose() => file.Dispose();

    private void Check(string name, StorageView storage)
    {
        if (!regions.TryGetValue(storage.Key, out var region))
            throw new DataException($"'{file.Path}': the data of tensor '{name}' is missing; the file is damaged. Fetch it again.");
        var needed = (Int128)(storage.Start + storage.Count) * StorageType.Size(storage.Type);
        if (needed > region.Length)
            throw new DataException($"'{file.Path}': tensor '{name}' needs {needed:N0} bytes of storage '{storage.Key}', which has "
                + $"{region.Length:N0}; the file is damaged. Fetch it again.");
    }

    private void Verify(string name, Region region)
    {
        if (region.Verified || region.Crc is not { } expected) return;
        var crc = new Crc32();
        var buffer = new byte[Math.Min(region.Length, 1 << 20)];
        for (var done = 0L; done < region.Length; done += buffer.Length)
        {
            var part = buffer.AsSpan(0, (int)Math.Min(buffer.Length, region.Length - done));
            file.Read(region.Offset + done, part);
            crc.Append(part);
        }
        if (crc.GetCurrentHashAsUInt32() != expected)
            throw new DataException($"'{file.Path}': the checksum of tensor '{name}' does not match; the file is damaged. Fetch it again.");
        region.Verified = true;
    }

    /// <summary>Copies elements from where strides put them into C order.</summary>
    private static void Gather(ReadOnlySpan<byte> source, Span<byte> target, TensorView view, int size)
    {
        var index = new long[view.Shape.Length];
        var from = 0L;
        for (var to = 0; to < target.Length; to += size)
        {
            source.Slice((int)(from * size), size).CopyTo(target[to..]);
            for (var axis = index.Length - 1; axis >= 0; axis--)
            {
                from += view.Strides[axis];
                if (++index[axis] < view.Shape[axis]) break;
                from -= view.Strides[axis] * view.Shape[axis];
                index[axis] = 0;
            }
        }
    }
}

using PluginHost.Checkpoints;

namespace PluginHost.Host.Models.Checkpoints.Containers;

using static TorchSharp.torch;

/// <summary>
/// A checkpoint in several files under an index. Every tensor must be where the index says, and nothing else in those files.
/// </summary>
internal sealed class ShardedCheckpoint : Checkpoint
{
    private readonly Dictionary<string, Checkpoint> shards = [];
    private readonly IReadOnlyDictionary<string, string> map;

    /// <param name="index">Path of the index.</param>
    /// <param name="open">Opens one file.</param>
    /// <exception cref="DataException">A file is missing or malformed, or index and files disagree.</exception>
    public ShardedCheckpoint(string index, Func<string, Checkpoint> open)
    {
        map = ShardIndex.Read(index);
        try
        {
            foreach (var file in map.Values.Distinct().Order(StringComparer.Ordinal))
            {
                var path = Path.Combine(Path.GetDirectoryName(index)!, file);
                if (!File.Exists(path))
                    throw new DataException($"'{index}' names '{file}', which is not beside it; copy all files of the checkpoint.");
                shards[file] = open(path);
            }
            Tensors = Agreed(index);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override IReadOnlyList<CheckpointTensor> Tensors { get; }

    public override string Container => shards.Count == 0 ? "empty index" : $"{shards.Values.First().Container} in {shards.Count} files";

    public override IReadOnlyList<string> Notes => [.. shards.Values.SelectMany(s => s.Notes)];

    public override Tensor Read(string name) => map.TryGetValue(name, out var file)
        ? shards[file].Read(name)
        : throw new DataException($"The checkpoint has no tensor '{name}'.");

    public override void Dispose()
    {
        foreach (var shard in shards.Values) shard.Dispose();
    }

    private List<CheckpointTensor> Agreed(string index)
    {
        var found = new List<CheckpointTensor>();
        foreach (var (file, shard) in shards)
            foreach (var tensor in shard.Tensors)
                if (map.TryGetValue(tensor.Name, out var told) && told == file) found.Add(tensor);
                else throw new DataException($"'{file}' holds tensor '{tensor.Name}', which '{index}' "
                    + $"{(told is null ? "does not name" : $"places in '{told}'")}; the files belong to different checkpoints.");
        var missing = map.Keys.Except(found.Select(t => t.Name)).Order(StringComparer.Ordinal).FirstOrDefault();
        return missing is null ? found
            : throw new DataException(
            $"'{index}' places tensor '{missing}' in '{map[missing]}', which has it not; the files belong to different checkpoints.");
    }
}

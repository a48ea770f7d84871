using System.Diagnostics.CodeAnalysis;

namespace PluginHost;

using static TorchSharp.torch;

/// <summary>Named tensor columns whose axes agree, with the samples they came from.</summary>
/// <param name="samples">The samples, in row order.</param>
/// <param name="encodings">Their encodings in the same order; empty where the objective edits tokens so that spans no longer apply.</param>
public sealed class Batch(IReadOnlyList<Sample> samples, IReadOnlyList<EncodedSequence> encodings) : IDisposable
{
    private readonly Dictionary<BatchKey, Tensor> columns = [];
    private readonly Dictionary<string, (long Size, string Column)> axes = [];
    private readonly Dictionary<string, long> targets = [];

    /// <summary>The samples, in row order; see <see cref="SampleOfRow"/> where rows are more.</summary>
    public IReadOnlyList<Sample> Samples { get; } = samples;

    /// <summary>
    /// Which of <see cref="Samples"/> each row is made of, axis B, ascending, where an objective makes several rows of one: two views of a
    /// sequence that are compared. Empty, as usual, where row i is sample i. A batch for prediction has a row a sample.
    /// </summary>
    public IReadOnlyList<int> SampleOfRow { get; set; } = [];

    /// <summary>The encodings, in row order; may be empty.</summary>
    public IReadOnlyList<EncodedSequence> Encodings { get; } = encodings;

    /// <summary>The columns present.</summary>
    public IReadOnlyCollection<BatchKey> Columns => columns.Keys;

    /// <summary>
    /// How many targets each loss term has in this batch. The trainer sums them over micro-batches before the first backward pass, so
    /// accumulation is exact.
    /// </summary>
    public IReadOnlyDictionary<string, long> TargetCounts => targets;

    /// <summary>Tokens that are not padding.</summary>
    public long RealTokens { get; set; }

    /// <summary>All positions computed, padding included.</summary>
    public long Tokens { get; set; }

    /// <summary>Samples the objective left out, for the host's report. Their rows stay in the batch, without targets.</summary>
    public long LeftOut { get; set; }

    /// <summary>A column.</summary>
    /// <exception cref="PluginException">The column is not in the batch.</exception>
    public Tensor this[BatchKey key] => columns.TryGetValue(key, out var tensor)
        ? tensor
        : throw new PluginException($"The batch has no column {key}; it has: {string.Join(", ", columns.Keys)}.");

    /// <summary>A column, if present.</summary>
    public bool TryGet(BatchKey key, [NotNullWhen(true)] out Tensor? tensor) => columns.TryGetValue(key, out tensor);

    /// <summary>Adds a column and checks it against the key and the axes already known.</summary>
    /// <exception cref="PluginException">Element type, rank or an axis size disagrees.</exception>
    public Batch Set(BatchKey key, Tensor tensor)
    {
        if (tensor.dtype != key.Type)
            throw new PluginException($"Column '{key.Name}' must be {key.Type} but is {tensor.dtype}.");
        var shape = tensor.shape;
        if (shape.Length != key.AxisNames.Count)
            throw new PluginException($"Column '{key.Name}' must have axes [{key.Axes}] but has shape [{string.Join(", ", shape)}].");
        for (var i = 0; i < shape.Length; i++)
        {
            var axis = key.AxisNames[i];
            if (axes.TryGetValue(axis, out var known) && known.Size != shape[i])
                throw new PluginException($"Axis {axis} is {known.Size} in '{known.Column}' but {shape[i]} in '{key.Name}'.");
            axes[axis] = (shape[i], known.Column ?? key.Name);
        }
        columns[key] = tensor;
        return this;
    }

    /// <summary>The same batch with one column more or another; the other columns are shared handles of their own.</summary>
    public Batch With(BatchKey key, Tensor tensor)
    {
        var other = new Batch(Samples, Encodings)
        {
            RealTokens = RealTokens, Tokens = Tokens, LeftOut = LeftOut, SampleOfRow = SampleOfRow,
        };
        foreach (var (name, column) in columns) if (name != key) other.Set(name, column.alias());
        foreach (var (term, count) in targets) other.SetTargets(term, count);
        return other.Set(key, tensor.alias());
    }

    /// <summary>Declares how many targets a loss term will have: see <see cref="TargetCounts"/>.</summary>
    public Batch SetTargets(string term, long count)
    {
        targets[term] = count;
        return this;
    }

    /// <summary>The size of an axis.</summary>
    /// <exception cref="PluginException">No column has that axis.</exception>
    public long Axis(string name) => axes.TryGetValue(name, out var known)
        ? known.Size
        : throw new PluginException($"The batch has no axis {name}; it has: {string.Join(", ", axes.Keys)}.");

    /// <summary>Frees the columns.</summary>
    public void Dispose()
    {
        foreach (var tensor in columns.Values) tensor.Dispose();
        columns.Clear();
    }
}

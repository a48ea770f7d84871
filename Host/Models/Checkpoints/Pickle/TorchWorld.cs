namespace PluginHost.Host.Models.Checkpoints.Pickle;

/// <summary>
/// The names a model file of PyTorch may use: storages, the functions that rebuild tensors, ordered dictionaries and shapes. This list is
/// the whole of what can be built.
/// </summary>
internal sealed class TorchWorld : IPickleWorld
{
    private static readonly PickleGlobal orderedDict = new("collections", "OrderedDict");
    private static readonly PickleGlobal size = new("torch", "Size");
    private static readonly HashSet<PickleGlobal> tensors =
        [new("torch._utils", "_rebuild_tensor_v2"), new("torch._utils", "_rebuild_tensor")];
    private static readonly HashSet<PickleGlobal> parameters =
        [new("torch._utils", "_rebuild_parameter"), new("torch._utils", "_rebuild_parameter_with_state")];

    public bool Knows(PickleGlobal name) =>
        name == orderedDict || name == size || tensors.Contains(name) || parameters.Contains(name) || StorageType.Find(name) is not null;

    public object? Call(PickleGlobal name, object?[] arguments)
    {
        if (name == orderedDict) return Dict(arguments);
        if (name == size) return arguments is [object?[] sizes] ? sizes : throw Malformed(name);
        // A parameter is its tensor, whether it learns, and hooks.
        if (parameters.Contains(name)) return arguments is [TensorView data, ..] ? data : throw Malformed(name);
        if (tensors.Contains(name)) return Tensor(name, arguments);
        throw Malformed(name);
    }

    /// <summary>
    /// A storage: <c>('storage', class, key, location, elements)</c>, and in old files a sixth element, its view of another.
    /// </summary>
    public object? Persistent(object? id)
    {
        if (id is not object?[] { Length: 5 or 6 } parts || parts is not ["storage", PickleGlobal type, string key, _, long count, ..]
            || count < 0)
            throw new PickleException("it refers to something that is no storage");
        var element = StorageType.Find(type)
            ?? throw new PickleException(
            $"it has a storage of {type}, which is not supported; known are {string.Join(", ", StorageType.Names)}");
        var whole = new StorageView(key, element, 0, count);
        if (parts.Length == 5 || parts[5] is null) return whole;
        return parts[5] is object?[] and [string, long start, long length] && start >= 0 && length >= 0 && start <= count
            && length <= count - start
            ? whole with { Start = start, Count = length }
            : throw new PickleException("a storage is a malformed view of another");
    }

    private static PickleDict Dict(object?[] arguments)
    {
        var dictionary = new PickleDict();
        if (arguments.Length == 0) return dictionary;
        if (arguments is not [List<object?> pairs]) throw Malformed(orderedDict);
        foreach (var pair in pairs)
        {
            var (key, value) = pair switch
            {
                object?[] and [var k, var v] => (k, v),
                List<object?> and [var k, var v] => (k, v),
                _ => throw Malformed(orderedDict),
            };
            dictionary.Set(key, value);
        }
        return dictionary;
    }

    private static TensorView Tensor(PickleGlobal name, object?[] arguments) =>
        arguments is [StorageView storage, long offset, object?[] shape, object?[] strides, ..] && Numbers(shape) is { } sizes
            && Numbers(strides) is { } steps
            ? TensorView.Of(storage, offset, sizes, steps)
            : throw Malformed(name);

    private static long[]? Numbers(object?[] values) => values.All(v => v is long) ? [.. values.Cast<long>()] : null;

    private static PickleException Malformed(PickleGlobal name) => new($"it calls {name} with arguments that make no sense");
}

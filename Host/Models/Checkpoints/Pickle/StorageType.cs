namespace PluginHost.Host.Models.Checkpoints.Pickle;

using static TorchSharp.torch;

/// <summary>The storage classes of torch, by the names pickles give them.</summary>
internal static class StorageType
{
    private static readonly Dictionary<string, ScalarType> types = new()
    {
        ["DoubleStorage"] = ScalarType.Float64, ["FloatStorage"] = ScalarType.Float32, ["HalfStorage"] = ScalarType.Float16,
        ["BFloat16Storage"] = ScalarType.BFloat16, ["LongStorage"] = ScalarType.Int64, ["IntStorage"] = ScalarType.Int32,
        ["ShortStorage"] = ScalarType.Int16, ["CharStorage"] = ScalarType.Int8, ["ByteStorage"] = ScalarType.Byte,
        ["BoolStorage"] = ScalarType.Bool,
    };

    /// <summary>The names, for messages.</summary>
    public static IEnumerable<string> Names => types.Keys;

    /// <summary>The element type of a storage class, or null.</summary>
    public static ScalarType? Find(PickleGlobal name) => name.Module == "torch" && types.TryGetValue(name.Name, out var type) ? type : null;

    /// <summary>Bytes of an element.</summary>
    public static int Size(ScalarType type) => type switch
    {
        ScalarType.Float64 or ScalarType.Int64 => 8,
        ScalarType.Float32 or ScalarType.Int32 => 4,
        ScalarType.Float16 or ScalarType.BFloat16 or ScalarType.Int16 => 2,
        _ => 1,
    };
}

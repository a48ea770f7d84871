namespace PluginHost.Host.Models.Checkpoints.Pickle;

/// <summary>
/// Finds the tensors of a pickled model: a dictionary of names to tensors, on its own or inside a wrapper such as <c>{"model": ...,
/// "epoch": 3}</c>.
/// </summary>
internal static class StateDict
{
    /// <summary>Keys under which training programs keep the state beside other things, in order of preference.</summary>
    private static readonly string[] wrappers = ["model", "state_dict", "model_state_dict", "module", "net", "weights"];

    /// <summary>Names and tensors, and what else there was, in words.</summary>
    /// <exception cref="PickleException">There are no named tensors.</exception>
    public static (IReadOnlyDictionary<string, TensorView> Tensors, IReadOnlyList<string> Notes) Find(object? root)
    {
        if (root is TensorView) throw new PickleException("it holds a tensor without a name; save a dictionary of names to tensors");
        if (root is not PickleDict dictionary) throw new PickleException("it holds no dictionary of names to tensors");
        if (Tensors(dictionary).Count > 0)
            return (Tensors(dictionary),
                [.. Others(dictionary.Named.Where(e => e.Value is not TensorView).Select(e => e.Key), dictionary.Unnamed)]);
        foreach (var key in wrappers)
            if (dictionary.Named.TryGetValue(key, out var inner) && inner is PickleDict state && Tensors(state).Count > 0)
                return (Tensors(state),
                [
                    $"Its tensors are those under '{key}'.",
                    .. Others(dictionary.Named.Keys.Where(k => k != key), dictionary.Unnamed),
                    .. Others(state.Named.Where(e => e.Value is not TensorView).Select(e => e.Key), state.Unnamed),
                ]);
        var found = dictionary.Named.Count == 0 ? "it is empty"
            : $"it has {string.Join(", ", dictionary.Named.Keys.Take(8).Select(k => $"'{k}'"))}";
        throw new PickleException(
            $"its dictionary holds no tensors: {found}; they are looked for there and under {string.Join(", ", wrappers)}");
    }

    private static Dictionary<string, TensorView> Tensors(PickleDict dictionary) =>
        dictionary.Named.Where(e => e.Value is TensorView).ToDictionary(e => e.Key, e => (TensorView)e.Value!);

    private static IEnumerable<string> Others(IEnumerable<string> names, int unnamed)
    {
        var others = names.ToList();
        if (others.Count + unnamed == 0) yield break;
        var shown = string.Join(", ", others.Take(8)) + (others.Count > 8 ? ", ..." : "");
        yield return $"{others.Count + unnamed} entries that are no tensors were passed over{(shown.Length > 0 ? $": {shown}" : "")}.";
    }
}

namespace PluginHost.Host.Models.Checkpoints.Pickle;

/// <summary>A dictionary of a pickle, in the order written. Only text keys can be looked up.</summary>
internal sealed class PickleDict
{
    private static readonly Dictionary<string, object?> none = [];
    private Dictionary<string, object?>? byName;

    /// <summary>The text keys, each with the value set last.</summary>
    public IReadOnlyDictionary<string, object?> Named => byName ?? none;

    /// <summary>How many keys are no text, such as the numbers of an optimizer's state.</summary>
    public int Unnamed { get; private set; }

    /// <summary>Sets a key.</summary>
    public void Set(object? key, object? value)
    {
        if (key is string name) (byName ??= [])[name] = value;
        else Unnamed++;
    }
}

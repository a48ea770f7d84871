namespace PluginHost.Plugins.Classification;

/// <summary>How data writes the classes that <see cref="ClassifyOptions.Labels"/> names: all rows of all splits alike.</summary>
public enum LabelForm
{
    /// <summary>
    /// Told from the training split, once for all splits: names where every row has one; else indices where every row has one and no name
    /// is itself a whole number. Anything else is refused.
    /// </summary>
    Auto,

    /// <summary>By name; a number is then a name like any other.</summary>
    Names,

    /// <summary>By place in the list, from 0.</summary>
    Indices,
}

namespace PluginHost.Plugins.MultiLabel;

/// <summary>How data writes the labels of a sample.</summary>
public enum LabelFormat
{
    /// <summary>
    /// Told from the training split: flags if every row has the same number of zeros and ones, at least two; names otherwise.
    /// </summary>
    Auto,

    /// <summary>
    /// A 0 or 1 for every label, in order: in a column each, in one cell between blanks, commas or semicolons, or as one text such as 0110.
    /// NA is unknown.
    /// </summary>
    Flags,

    /// <summary>The names of the labels that hold, between semicolons, commas, bars or blanks; an empty cell for none.</summary>
    Names,
}

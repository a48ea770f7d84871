namespace PluginHost.Plugins.MaskedLm;

/// <summary>What a baseline may look at beside how frequent tokens are.</summary>
[Flags]
internal enum Facts
{
    /// <summary>Nothing else.</summary>
    Frequencies = 0,

    /// <summary>The token that stands at a scored position when it was kept or replaced.</summary>
    Input = 1,

    /// <summary>The bases that overlapping tokens still show.</summary>
    Neighbours = 2,

    /// <summary>The nearest tokens to the left and right that are not hidden.</summary>
    Context = 4,
}

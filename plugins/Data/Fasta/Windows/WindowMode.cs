namespace PluginHost.Plugins.Fasta.Windows;

/// <summary>How samples are cut from records.</summary>
internal enum WindowMode
{
    /// <summary>Every record is one sample.</summary>
    Whole,

    /// <summary>One window after another, the last one of a record as short as it comes.</summary>
    Tiles,

    /// <summary>Windows every <c>stride</c> bases; the last one ends with the record.</summary>
    Overlap,

    /// <summary>
    /// Tiles of one length over all records laid end to end, without N (ENBED, "Building the foundation model"); only the very last may be
    /// shorter.
    /// </summary>
    Joined,

    /// <summary>Windows of random length at random places, drawn afresh every epoch (DNABERT, section 2.2.2: 5 to 510 bases).</summary>
    Random,

    /// <summary>
    /// DNABERT's mixture: the tiles, and as many windows at random places, each of full length with probability one half and
    /// else of random length.
    /// </summary>
    Mixture,
}

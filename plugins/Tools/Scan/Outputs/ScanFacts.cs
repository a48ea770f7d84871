namespace PluginHost.Plugins.Scan.Outputs;

/// <summary>What the heads of a scan's files say.</summary>
internal sealed record ScanFacts
{
    /// <summary>Model and windows.</summary>
    public required IReadOnlyList<string> Comments { get; init; }

    /// <summary>What the track is.</summary>
    public required string Track { get; init; }

    /// <summary>What peaks are.</summary>
    public required string Peaks { get; init; }

    /// <summary>The output that becomes track and peaks.</summary>
    public required string Output { get; init; }

    /// <summary>Names of a window's numbers.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Names and bases of all chromosomes.</summary>
    public required IReadOnlyList<(string Name, long Length)> Chromosomes { get; init; }

    /// <summary>About how many bases of the track have one value.</summary>
    public required int Step { get; init; }

    /// <summary>The value that a peak's score of 1000 stands for.</summary>
    public required float Top { get; init; }
}

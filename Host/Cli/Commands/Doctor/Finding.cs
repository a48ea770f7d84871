namespace PluginHost.Host.Cli.Commands.Doctor;

/// <summary>One thing the doctor looked at.</summary>
/// <param name="What">What it is.</param>
/// <param name="Value">What was found.</param>
internal sealed record Finding(string What, string Value)
{
    /// <summary>What is wrong and what to do about it; null when all is well.</summary>
    public string? Advice { get; init; }

    /// <summary>Whether nothing can run before it is mended.</summary>
    public bool Blocks { get; init; }
}

namespace PluginHost;

/// <summary>A component asked for by name, with its options as written.</summary>
/// <param name="Use">The component's name, or <c>assembly/name</c> where two plugins offer the same one.</param>
/// <param name="With">
/// Option names and unbound values: <see cref="string"/>, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>,
/// lists of these, or nested maps. Names match the options class without regard to case of the first letter.
/// </param>
public sealed record ComponentSpec(string Use, IReadOnlyDictionary<string, object?> With)
{
    /// <summary>A component with all its defaults.</summary>
    public ComponentSpec(string use) : this(use, new Dictionary<string, object?>()) { }

    /// <summary>Where this was written, for error messages: a file and YAML path, or empty.</summary>
    public string Origin { get; init; } = "";
}

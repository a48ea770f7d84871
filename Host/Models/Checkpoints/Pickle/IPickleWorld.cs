namespace PluginHost.Host.Models.Checkpoints.Pickle;

/// <summary>What a pickle's names mean. Whatever it does not know it refuses: there is no way past it.</summary>
internal interface IPickleWorld
{
    /// <summary>Whether a pickle may name this at all.</summary>
    bool Knows(PickleGlobal name);

    /// <summary>What calling a known name with these arguments gives.</summary>
    /// <exception cref="PickleException">The arguments make no sense.</exception>
    object? Call(PickleGlobal name, object?[] arguments);

    /// <summary>What a reference to something stored outside the pickle gives.</summary>
    /// <exception cref="PickleException">The reference makes no sense.</exception>
    object? Persistent(object? id);
}

/// <summary>A pickle that is refused: why, without saying of which file.</summary>
internal sealed class PickleException(string message) : Exception(message);

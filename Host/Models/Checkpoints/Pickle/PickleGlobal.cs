namespace PluginHost.Host.Models.Checkpoints.Pickle;

/// <summary>A name that a pickle asks Python for. Here it stays a name: nothing is imported and nothing is called.</summary>
/// <param name="Module">Its module.</param>
/// <param name="Name">Its name there.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

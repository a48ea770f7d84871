using System.Diagnostics;
using PluginHost.Torch;

namespace PluginHost.Benchmarks;

/// <summary>A program that trains, in processes of its own.</summary>
/// <param name="Name">In tables.</param>
/// <param name="Start">Starts one.</param>
internal sealed record Side(string Name, Func<Child> Start)
{
    /// <summary>The host's path.</summary>
    public static Side Host { get; } = new("host", () => Dotnet(typeof(Side).Assembly.Location, ["serve"]));

    /// <summary>TorchSharp alone; bf16 with weights in bfloat16, for it has no autocast.</summary>
    public static Side Plain { get; } = new("plain TorchSharp", () => StartPlain());

    /// <summary>The same program, bf16 with PluginHost's autocast around its forward pass.</summary>
    public static Side PlainAutocast { get; } = new("plain TorchSharp in PluginHost's autocast", () => StartPlain("--autocast"));

    /// <summary>An earlier commit, in the folder that PEER_BEFORE names.</summary>
    public static Side Before { get; } = new("earlier commit", () =>
        Environment.GetEnvironmentVariable("PEER_BEFORE") is { Length: > 0 } folder
            ? Dotnet(Checkout.Built("Before", "Benchmarks.dll"), [], ("PLUGINHOST_NATIVE", Path.Combine(folder, "artifacts", "native")))
            : throw new PeerMissingException("no folder with the earlier commit built is named (--before DIR)."));

    /// <summary>Python torch.</summary>
    public static Side Python { get; } = new("Python torch", () => new Peer(Threads.Count));

    // Its libtorch is loaded by PluginHost's code, which would tune glibc as a plain program does not.
    private static Child StartPlain(params string[] arguments) =>
        Dotnet(Checkout.Built("PlainTorchSharp", "PlainTorchSharp.dll"), arguments, ("PLUGINHOST_CPU_CACHE", "0"));

    private static Child Dotnet(string program, string[] arguments, params (string Name, string Value)[] environment)
    {
        if (!File.Exists(program)) throw new PeerMissingException($"{program} is not built; benchmarks/run.sh builds it.");
        var start = new ProcessStartInfo("dotnet", [program, .. arguments]);
        start.Environment["OMP_NUM_THREADS"] = $"{Threads.Count}";
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return new Child(start, $"{program} ended; what it said stands above.");
    }
}

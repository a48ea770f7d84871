using System.ComponentModel;
using System.Diagnostics;

namespace PluginHost.Torch.Loading;

/// <summary>
/// Where libtorch is looked for, the first that fits first: what <c>PLUGINHOST_LIBTORCH</c> names (and then nothing else); a CUDA
/// build beside the host; the PyTorch that <c>python3</c> imports, where there is an NVIDIA card and it can use one; a build beside
/// the host or in NuGet's folder; that PyTorch without a card.
/// </summary>
internal static class LibtorchSearch
{
    /// <summary>Two lines that the build writes beside an executable: NuGet's folders of libtorch and of TorchSharp's library.</summary>
    internal const string LocationFile = "libtorch.location";

    internal const string Library = "libLibTorchSharp.so";

    private static readonly Lazy<string?> python = new(AskPython);

    /// <summary>TorchSharp's native library.</summary>
    /// <exception cref="LibtorchException">It is nowhere.</exception>
    internal static string TorchSharp() =>
        Beside().Append(Located(1)).OfType<string>().Select(folder => Path.Combine(folder, Library)).FirstOrDefault(File.Exists)
        ?? throw new LibtorchException($"TorchSharp's native library {Library} is neither beside the host " +
            $"({AppContext.BaseDirectory}) nor in NuGet's folder: build the project anew, or unpack the bundle again.");

    /// <summary>The libtorch to load.</summary>
    /// <param name="torchSharp">TorchSharp's native library, which it must fit.</param>
    /// <exception cref="LibtorchException">None is there, or the one asked for does not fit.</exception>
    internal static LibtorchBuild Choose(string torchSharp)
    {
        if (Environment.GetEnvironmentVariable("PLUGINHOST_LIBTORCH") is { Length: > 0 } given)
        {
            var asked = new LibtorchBuild(Path.GetFullPath(given), "PLUGINHOST_LIBTORCH");
            return asked.Problem(torchSharp) is { } problem
                ? throw new LibtorchException($"PLUGINHOST_LIBTORCH={given} cannot be used: {problem}.") : asked;
        }

        var passed = new List<string>();
        foreach (var build in Candidates())
        {
            if (build.Problem(torchSharp) is not { } problem) return build;
            passed.Add($"{build.Folder} ({build.Origin}): {problem}");
        }

        throw new LibtorchException("No libtorch fits. " + (passed.Count == 0 ? "" : string.Join("; ", passed) + ". ") +
            $"Set PLUGINHOST_LIBTORCH to the folder of libtorch {LibtorchBuild.Line(Libtorch.BuiltFor)} or to a PyTorch's 'torch' folder.");
    }

    private static IEnumerable<LibtorchBuild> Candidates()
    {
        var beside = Beside().Select(f => new LibtorchBuild(f, "the host's folder")).Where(b => b.Exists).ToList();
        foreach (var build in beside.Where(b => b.HasCuda)) yield return build;
        var installed = HasNvidiaCard ? FromPython() : null;
        if (installed is { HasCuda: true }) yield return installed;
        foreach (var build in beside.Where(b => !b.HasCuda)) yield return build;
        if (Located(0) is { } folder) yield return new(folder, "NuGet");
        if ((installed ?? FromPython()) is { } plain) yield return plain;
    }

    /// <summary>Whether the machine shows an NVIDIA card.</summary>
    internal static bool HasNvidiaCard => File.Exists("/dev/nvidia0") || File.Exists("/proc/driver/nvidia/version")
        || (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(f => File.Exists(Path.Combine(f, "nvidia-smi")));

    private static IEnumerable<string> Beside()
    {
        var app = AppContext.BaseDirectory;
        return [Path.Combine(app, "libtorch"), Path.Combine(app, "runtimes", "linux-x64", "native"), app];
    }

    private static string? Located(int line)
    {
        var file = Path.Combine(AppContext.BaseDirectory, LocationFile);
        return File.Exists(file) && File.ReadLines(file).ElementAtOrDefault(line) is { Length: > 0 } folder && Directory.Exists(folder)
            ? folder : null;
    }

    private static LibtorchBuild? FromPython() => python.Value is { } folder ? new(folder, "python3") : null;

    // Asked where torch lies instead of importing it, which takes seconds; not in the working directory, from which nothing is loaded.
    private static string? AskPython()
    {
        const string Mark = "torch lies in ";
        var start = new ProcessStartInfo("python3", ["-c",
            "import sys; sys.path = [p for p in sys.path if p]; import importlib.util as u; s = u.find_spec('torch'); " +
            $"print('{Mark}' + s.submodule_search_locations[0] if s else '')"])
        { RedirectStandardOutput = true, RedirectStandardError = true };
        try
        {
            using var process = Process.Start(start)!;
            process.ErrorDataReceived += static (_, _) => { };
            process.BeginErrorReadLine();
            var answer = process.StandardOutput.ReadToEndAsync();
            if (!answer.Wait(TimeSpan.FromSeconds(20)))
            {
                process.Kill(entireProcessTree: true);
                return null;
            }

            var line = answer.Result.Split('\n').LastOrDefault(static l => l.StartsWith(Mark, StringComparison.Ordinal));
            return line?[Mark.Length..].Trim() is { Length: > 0 } folder && Directory.Exists(folder) ? folder : null;
        }
        catch (Exception e) when (e is Win32Exception or IOException or InvalidOperationException or AggregateException)
        {
            return null;
        }
    }
}

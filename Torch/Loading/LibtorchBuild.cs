using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace PluginHost.Torch.Loading;

/// <summary>One libtorch on this machine.</summary>
/// <param name="Folder">Holds <c>libtorch_cpu.so</c>, or in a PyTorch installation its <c>lib</c> folder does.</param>
/// <param name="Origin">How it was found, for messages: "PLUGINHOST_LIBTORCH", "the host's folder", "python3", "NuGet".</param>
internal sealed partial record LibtorchBuild(string Folder, string Origin)
{
    private const int X64 = 62, Arm64 = 183;

    /// <summary>The libraries TorchSharp's own is linked with, in the order they are loaded.</summary>
    internal static readonly string[] Files = ["libc10.so", "libtorch_cpu.so", "libtorch.so"];

    /// <summary>The folder of the libraries themselves.</summary>
    internal string Libraries => File.Exists(Path.Combine(Folder, Files[1])) || !Directory.Exists(Path.Combine(Folder, "lib"))
        ? Folder : Path.Combine(Folder, "lib");

    /// <summary>Whether it is complete.</summary>
    internal bool Exists => Files.All(f => File.Exists(Path.Combine(Libraries, f)));

    /// <summary>Whether it was built with CUDA.</summary>
    internal bool HasCuda => File.Exists(Path.Combine(Libraries, "libtorch_cuda.so"));

    /// <summary>Its version as its own files or NuGet's folder tell it, e.g. "2.10.0"; null where nothing does.</summary>
    internal string? Version
    {
        get
        {
            foreach (var file in (string[])[Path.Combine(Folder, "version.py"), Path.Combine(Libraries, "..", "version.py"),
                Path.Combine(Folder, "build-version"), Path.Combine(Libraries, "..", "build-version")])
            {
                if (File.Exists(file) && Number().Match(File.ReadAllText(file)) is { Success: true } found) return found.Value;
            }

            return NuGetFolder().Match(Libraries) is { Success: true } folder ? folder.Groups[1].Value : null;
        }
    }

    /// <summary>Why it cannot be loaded, as the rest of a sentence about it; null where nothing speaks against it.</summary>
    /// <param name="torchSharp">TorchSharp's native library.</param>
    internal string? Problem(string torchSharp)
    {
        if (!Directory.Exists(Folder)) return "there is no such folder";
        if (Files.FirstOrDefault(f => !File.Exists(Path.Combine(Libraries, f))) is { } missing)
            return $"it has no {missing}: name the folder that holds libtorch's libraries, or a PyTorch's 'torch' folder";
        try
        {
            var (wanted, name) = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? (Arm64, "AArch64") : (X64, "x86-64");
            var machine = new ElfImage(File.ReadAllBytes(Path.Combine(Libraries, Files[0]))).Machine;
            return machine != wanted
                ? $"its libraries are for another processor (ELF machine {machine}); this process is {name}" : VersionProblem(torchSharp);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return $"its libraries cannot be read: {e.Message}";
        }
    }

    private string? VersionProblem(string torchSharp)
    {
        if (Version is { } version && Line(version) == Line(Libtorch.BuiltFor)) return null;
        var lacking = ExportedSymbols.Lacking(torchSharp, Files.Select(f => Path.Combine(Libraries, f)));
        return lacking.Count == 0 ? null
            : $"it is libtorch {Version ?? "of an unknown version"}, and TorchSharp was built for {Libtorch.BuiltFor}: " +
              $"{lacking.Count} functions are missing, {lacking[0]} the first";
    }

    /// <summary>The first two numbers of a version: builds of one line have the same functions.</summary>
    internal static string Line(string version) => string.Join('.', version.Split('.').Take(2));

    [GeneratedRegex(@"/libtorch-[\w.-]+/(\d+\.\d+\.\d+)[^/]*/runtimes/")]
    private static partial Regex NuGetFolder();

    [GeneratedRegex(@"\d+\.\d+\.\d+")]
    private static partial Regex Number();
}

namespace PluginHost.Torch;

/// <summary>The linear algebra library libtorch's float32 products run on.</summary>
/// <param name="Name">"OpenBLAS", "MKL", "BLIS", "ATLAS", "reference BLAS" or "unknown".</param>
/// <param name="Path">The shared library's file, or empty where it is linked in.</param>
public sealed record BlasInfo(string Name, string Path)
{
    /// <summary>Whether it is the reference BLAS: one thread, no vector instructions, some 40 times slower.</summary>
    public bool IsReference => Name == "reference BLAS";

    internal static BlasInfo Detect()
    {
        _ = Hardware.LibtorchVersion;
        var files = Loaded();
        return Find("openblas", "OpenBLAS") ?? Find("libmkl", "MKL") ?? Find("libblis", "BLIS") ?? Find("libatlas", "ATLAS")
            ?? FromConfiguration() ?? Find("libblas.so", "reference BLAS") ?? new BlasInfo("unknown", "");

        BlasInfo? Find(string part, string name) =>
            files.FirstOrDefault(file => file.Contains(part, StringComparison.Ordinal)) is { } found ? new(name, found) : null;
    }

    // Wheels link MKL statically: only the build configuration tells.
    private static BlasInfo? FromConfiguration() =>
        Hardware.BuildConfiguration.Contains("BLAS_INFO=mkl", StringComparison.Ordinal) ? new("MKL", "") : null;

    private static List<string> Loaded() => File.Exists("/proc/self/maps")
        ? [.. File.ReadLines("/proc/self/maps").Select(static line => line.IndexOf('/') is var at and >= 0 ? line[at..] : "")
            .Where(static file => file.Length > 0).Distinct()]
        : [];
}

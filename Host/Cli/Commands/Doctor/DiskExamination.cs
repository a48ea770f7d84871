namespace PluginHost.Host.Cli.Commands.Doctor;

/// <summary>The folder that runs are written to.</summary>
internal sealed class DiskExamination : IExamination
{
    private const long Comfortable = 2L << 30;

    public int Order => 40;

    public IEnumerable<Finding> Look()
    {
        var runs = Path.GetFullPath("runs");
        var existing = Directory.Exists(runs) ? runs : Environment.CurrentDirectory;
        var free = new DriveInfo(existing).AvailableFreeSpace;
        yield return new("runs folder", $"{runs}, {Sizes.Gib(free)} free")
        {
            Advice = !IsWritable(existing) ? $"{existing} cannot be written: change its permissions, work elsewhere, or use --output."
                : free < Comfortable ? "Little space is left: a BERT-base checkpoint takes 1.3 GiB. Free some, or use --output." : null,
        };
    }

    private static bool IsWritable(string folder)
    {
        var probe = Path.Combine(folder, $".host-doctor-{Environment.ProcessId}");
        try
        {
            using (new FileStream(probe, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose)) return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}

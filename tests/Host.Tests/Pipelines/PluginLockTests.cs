using PluginHost.Host.Pipelines;
using PluginHost.Host.Plugins;

namespace PluginHost.Host.Tests.Pipelines;

public sealed class PluginLockTests
{
    private static readonly RecordedPlugin made = new("Words", "1.0.0", "aaaaaaaaaaaaaaaa", "ffffffffffffffff");

    private static PluginInfo Info(string version = "1.0.0", string dll = "aaaaaaaaaaaaaaaa", string folder = "ffffffffffffffff",
        string? failure = null) => new("Words", "/Words.dll", version, dll, failure) { FolderSha256 = folder };

    [Fact]
    public void The_same_plugin_passes_and_so_does_one_whose_folder_was_not_noted()
    {
        PluginLock.Hold("the run", [made], [Info()]);
        PluginLock.Hold("the run", [made with { FolderSha256 = null }], [Info(folder: "e")]);
    }

    [Theory]
    [InlineData("1.1.0", "b", "f", null, "Words 1.0.0, but 1.1.0 here")]
    [InlineData("1.0.0", "bbbbbbbbbbbbbbbb", "f", null,
        "Words 1.0.0, but another build of it here (SHA-256 aaaaaaaaaaaa, here bbbbbbbbbbbb)")]
    [InlineData("1.0.0", "aaaaaaaaaaaaaaaa", "eeeeeeeeeeeeeeee", null,
        "Words 1.0.0, but other files beside its DLL here (SHA-256 ffffffffffff, here eeeeeeeeeeee)")]
    [InlineData("1.0.0", "aaaaaaaaaaaaaaaa", "ffffffffffffffff", "no", "Words 1.0.0, which is not in use here")]
    public void Another_is_refused_and_what_differs_is_named(string version, string dll, string folder, string? failure, string what)
    {
        var refusal = Assert.Throws<PluginException>(() => PluginLock.Hold("the run", [made], [Info(version, dll, folder, failure)]));
        Assert.Equal($"--locked: the run was made with other plugins: {what}. Install those that it was made with, or leave --locked out.",
            refusal.Message);
    }
}

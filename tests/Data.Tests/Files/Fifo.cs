using System.Runtime.InteropServices;

namespace PluginHost.Data.Tests.Files;

/// <summary>Named pipes.</summary>
internal static class Fifo
{
    private const uint OwnerMayReadAndWrite = 0x180;

    /// <summary>Makes one.</summary>
    public static string Make(string path)
    {
        Assert.Equal(0, Make(path, OwnerMayReadAndWrite));
        return path;
    }

    /// <summary>Makes one that somebody writes into, once.</summary>
    public static string With(string path, byte[] content)
    {
        Make(path);
        new Thread(() =>
        {
            try
            {
                using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
                stream.Write(content);
            }
            catch (IOException)
            {
                // A reader may have had enough.
            }
        })
        { IsBackground = true }.Start();
        return path;
    }

    [DllImport("libc", EntryPoint = "mkfifo")]
    private static extern int Make([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}

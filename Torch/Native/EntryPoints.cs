using System.Runtime.InteropServices;
using System.Text;
using PluginHost.Torch.Loading;

namespace PluginHost.Torch.Native;

/// <summary>
/// Functions of the loaded libtorch that TorchSharp does not offer, each looked up once. Those of its stable C interface keep
/// their meaning from version to version; the few C++ ones take and return small integers or a text, and may be absent.
/// </summary>
internal static unsafe class EntryPoints
{
    private static readonly nint cpu = Handle();

    /// <summary>The stable interface's version: a byte each for major, minor and patch from the left; null where there is none.</summary>
    internal static ulong? AbiVersion { get; } =
        Find("aoti_torch_abi_version") is var version and not 0 ? ((delegate* unmanaged<ulong>)version)() : null;

    internal static readonly nint CallDispatcher = Find("torch_call_dispatcher");
    internal static readonly nint NewTensorHandle = Find("aoti_torch_new_tensor_handle");
    internal static readonly nint NewList = Find("torch_new_list_reserve_size");
    internal static readonly nint ListPushBack = Find("torch_list_push_back");
    internal static readonly nint DataPointer = Find("aoti_torch_get_data_ptr");
    internal static readonly nint ParallelFor = Find("torch_parallel_for");

    internal static readonly nint AutocastEnabled = Find("_ZN2at8autocast19is_autocast_enabledEN3c1010DeviceTypeE");
    internal static readonly nint SetAutocastEnabled = Find("_ZN2at8autocast20set_autocast_enabledEN3c1010DeviceTypeEb");
    internal static readonly nint AutocastType = Find("_ZN2at8autocast18get_autocast_dtypeEN3c1010DeviceTypeE");
    internal static readonly nint SetAutocastType = Find("_ZN2at8autocast18set_autocast_dtypeEN3c1010DeviceTypeENS1_10ScalarTypeE");
    internal static readonly nint EnterAutocast = Find("_ZN2at8autocast17increment_nestingEv");
    internal static readonly nint LeaveAutocast = Find("_ZN2at8autocast17decrement_nestingEv");
    internal static readonly nint ClearAutocastCache = Find("_ZN2at8autocast11clear_cacheEv");

    private static readonly nint showConfiguration = Find("_ZN2at11show_configB5cxx11Ev");

    /// <summary>Whether every one of these functions is there.</summary>
    internal static bool All(params ReadOnlySpan<nint> functions) => functions.IndexOf((nint)0) < 0;

    /// <summary>libtorch's own account of its build and of the instructions it uses; empty where it gives none.</summary>
    internal static string Configuration()
    {
        if (showConfiguration == 0) return "";
        // A std::string returned by value: the caller's 32 bytes, of which the first two words are the text and its length. The
        // text is not freed: a few kilobytes, asked for seldom.
        var text = stackalloc nint[4];
        ((delegate* unmanaged<nint*, nint*>)showConfiguration)(text);
        return Encoding.UTF8.GetString((byte*)text[0], checked((int)text[1]));
    }

    private static nint Handle()
    {
        Libtorch.Load();
        return NativeLibrary.Load(Path.Combine(Libtorch.Folder, LibtorchBuild.Files[1]));
    }

    private static nint Find(string name) => NativeLibrary.TryGetExport(cpu, name, out var found) ? found : 0;
}

namespace PluginHost.Torch.Interop;

/// <summary>The kinds of argument the native call carries; kept equal to TsTag of native/shim.h.</summary>
internal enum ArgTag
{
    Default = 0,
    None = 1,
    Tensor = 2,
    Int = 3,
    Double = 4,
    Bool = 5,
    Ints = 6,
    Tensors = 7,
    String = 8,
    Device = 9,
    Doubles = 10,
    Generator = 11,
}

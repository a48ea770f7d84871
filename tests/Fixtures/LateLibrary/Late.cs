namespace PluginHost.Fixtures;

/// <summary>A private dependency that nothing needs before it is called.</summary>
public static class Late
{
    /// <summary>Something to see it by.</summary>
    public static double Answer => 42;
}

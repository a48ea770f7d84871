namespace Speech;

/// <summary>Version 1 of a private dependency.</summary>
public abstract class Speaker
{
    /// <summary>The version that speaks.</summary>
    public static int Version => 1;

    /// <summary>Throws, as libraries do.</summary>
    public static int Fail() => throw new InvalidOperationException("the library failed");
}

namespace ProvingLayer.TestSupport;

/// <summary>Where this checkout lies.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "ProvingLayer.sln")))
        {
            folder = Path.GetDirectoryName(folder) ?? throw new DirectoryNotFoundException("ProvingLayer.sln is in no folder above the tests.");
        }

        return folder;
    }
}

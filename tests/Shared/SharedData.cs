namespace ProvingLayer.TestSupport;

/// <summary>A test of data that may not be copied into the product: skips itself, with its reason, where the data is not there.</summary>
internal sealed class SharedDataFactAttribute : FactAttribute
{
    public SharedDataFactAttribute(string file)
    {
        if (!File.Exists(SharedData.PathOf(file)))
        {
            Skip = $"{file} is not beside this checkout.";
        }
    }
}

/// <summary>Data beside the checkout.</summary>
internal static class SharedData
{
    public static string PathOf(string file) => Path.Combine(Repository.Root, "..", "shared", "data", file);
}

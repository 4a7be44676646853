namespace ProvingLayer.Stark.Security;

/// <summary>The radius up to which codewords near a word are counted. Only proven bounds are offered.</summary>
public enum DecodingRegime
{
    /// <summary>The better of the two.</summary>
    Best,

    /// <summary>Half the minimum distance: at most one codeword.</summary>
    Unique,

    /// <summary>Just under the Johnson bound: a short list.</summary>
    Johnson,
}

namespace ProvingLayer.Language.Diagnostics;

/// <content>Area 2: types and match.</content>
public static partial class DiagnosticTable
{
}
